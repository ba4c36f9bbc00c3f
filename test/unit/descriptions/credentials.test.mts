/** The rules for credentials: secrets are hidden, there is a test, and a documentation page. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { repositoryRoot } from '../../support/paths.mts';
import { CREDENTIALS, NODES } from './shipped.mts';

/** Words by which n8n's lint recognises a secret in the name of a field. */
const SECRET = /(key|token|secret|password|passphrase)(?!Url)/i;

describe.each(Object.entries(CREDENTIALS))('%s', (className, credential) => {
	const { properties } = credential;

	test('is named after its class', () => {
		expect(className).toMatch(/(OAuth2)?Api$/);
		expect(credential.name).toBe(className[0]?.toLowerCase() + className.slice(1));
		expect(credential.displayName).toMatch(/ API$/);
	});

	test('hides its secrets, and only those', () => {
		for (const { name, typeOptions } of properties) {
			expect([name, typeOptions?.password === true]).toEqual([name, SECRET.test(name)]);
		}
		// Those of n8n's own types, e.g. Client Secret, come from there.
		const inherits = credential.extends !== undefined;
		expect(inherits || properties.some(({ name }) => SECRET.test(name))).toBe(true);
	});

	test('links its documentation with a full URL', () => {
		const url = new URL(credential.documentationUrl ?? '');
		expect(url.protocol).toBe('https:');
		expect(url.hash).not.toBe('');
	});

	test('can be tested, on its own host, without following a redirect', () => {
		const { request, rules = [] } = credential.test ?? {};
		const address = `${request?.baseURL ?? ''}${request?.url ?? ''}`;
		expect(address).toMatch(
			/\$credentials\.baseUrl.+\}\}\/\w|^=\{\{\$credentials\.accessTokenUrl\}\}$/,
		);
		expect(request?.disableFollowRedirect).toBe(true);
		for (const { properties: rule } of rules) {
			expect('message' in rule ? rule.message : '').toMatch(/^[A-Z].{20}/);
		}
	});

	test('has a required Base URL, with https as the default if it is known', () => {
		const baseUrl = properties.find(({ name }) => name === 'baseUrl');
		expect(baseUrl).toMatchObject({ displayName: 'Base URL', required: true });
		expect(baseUrl?.default).toMatch(/^(https:\/\/[a-z.-]+(\/[a-z0-9]+)*)?$/);
	});

	test('explains its visible fields, and requires the texts that must not be empty', () => {
		for (const { type, description, required } of properties) {
			if (type === 'hidden') continue;
			expect(description).toMatch(/\w+ \w+ \w+/);
			const mayBeEmpty = type !== 'string' || description?.startsWith('Leave it empty') === true;
			expect([description, required === true]).toEqual([description, !mayBeEmpty]);
		}
	});

	test('renews sessions that it opens itself', () => {
		const expirable = properties.filter(({ typeOptions }) => typeOptions?.expirable === true);
		expect(expirable.length > 0).toBe(credential.preAuthentication !== undefined);
		for (const { type, default: value } of expirable) {
			expect([type, value]).toEqual(['hidden', '']);
		}
	});

	test('has two different icon files', () => {
		const { icon } = credential;
		if (typeof icon !== 'object') throw new TypeError('A light and a dark icon are needed');
		expect(icon.light).not.toBe(icon.dark);
		for (const file of [icon.light, icon.dark]) {
			expect(existsSync(join(repositoryRoot(), 'credentials', file.slice('file:'.length)))).toBe(
				true,
			);
		}
	});

	test('is used by a node', () => {
		const used = Object.values(NODES).flatMap(({ description }) => description.credentials ?? []);
		expect(used.map(({ name }) => name)).toContain(credential.name);
	});
});
