// The sandbox's own credentials: the control server lists them, n8n's credential types have their fields, and the
// README shows them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ICredentialType } from 'n8n-workflow';
import { z } from 'zod';

import {
	type ListedCredential,
	credentialTable,
	fetchCredentials,
} from '../../../sandbox/shared/credential.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/start.mts';
import { repositoryRoot } from '../../support/paths.mts';
import { CREDENTIALS } from '../descriptions/shipped.mts';

const healthSchema = z.object({ vendors: z.record(z.string()) });
const DOCUMENTED_PORT_BASE = 7100;
const TYPES: readonly ICredentialType[] = Object.values(CREDENTIALS);
/** What n8n's own `oAuth2Api` adds to the types that extend it (n8n-nodes-base, `OAuth2Api.credentials.ts`). */
const OAUTH2_LABELS: Readonly<Record<string, string>> = {
	clientId: 'Client ID',
	clientSecret: 'Client Secret',
};

let sandbox: Sandbox;
let credentials: ListedCredential[];
beforeAll(async () => {
	sandbox = await startSandbox({ seed: { guests: 1 } });
	credentials = await fetchCredentials(sandbox.control.url);
});
afterAll(async () => await sandbox.close());

/** The labels of a credential type's fields by name, inherited ones included. */
function labelsOf(type: ICredentialType): Map<string, string> {
	const inherited = type.extends?.includes('oAuth2Api') ? OAUTH2_LABELS : {};
	const own = type.properties.map(({ name, displayName }) => [name, displayName] as const);
	return new Map([...Object.entries(inherited), ...own]);
}

function typeNamed(name: string): ICredentialType {
	const type = TYPES.find((candidate) => candidate.name === name);
	if (!type) throw new Error(`no credential type ${name}`);
	return type;
}

describe('GET /credentials', () => {
	test('has one credential of each type that the package ships', () => {
		const listed = credentials.map(({ type }) => type);
		expect(listed.sort()).toEqual(TYPES.map(({ name }) => name).sort());
	});

	test('uses the credential types’ own names and labels', () => {
		for (const { type: name, displayName, data, fields } of credentials) {
			const type = typeNamed(name);
			const labels = labelsOf(type);
			expect(displayName).toBe(type.displayName);
			expect(Array.from(labels.keys())).toEqual(expect.arrayContaining(Object.keys(data)));
			for (const { key, label, isNodeParameter } of fields) {
				if (isNodeParameter !== true) expect([key, label]).toEqual([key, labels.get(key)]);
			}
		}
	});

	test('has the same values in the data as in the fields to type', () => {
		for (const { data, fields } of credentials) {
			for (const { key, value } of fields) {
				if (key in data) expect(value).toBe(data[key]);
			}
		}
	});

	test('has the URLs of the running vendors', async () => {
		const response = await fetch(`${sandbox.control.url}/health`);
		const { vendors } = healthSchema.parse(await response.json());
		const origins = credentials.map(({ vendor, data }) => [
			vendor,
			new URL(String(data['baseUrl'])).origin,
		]);
		expect(Object.fromEntries(origins)).toEqual(vendors);
	});
});

test('the README shows the credentials for the default ports', () => {
	const shown = credentials.map((credential, index) => {
		const url = new URL(String(credential.data['baseUrl'])).origin;
		const documentedUrl = `http://127.0.0.1:${DOCUMENTED_PORT_BASE + 1 + index}`;
		const fields = credential.fields.map((field) => ({
			...field,
			value: field.value.replace(url, documentedUrl),
		}));
		return { ...credential, fields };
	});
	const readme = readFileSync(join(repositoryRoot(), 'sandbox', 'README.md'), 'utf8');
	const start = readme.indexOf('| credential | field | value |');
	const table = readme.slice(start, readme.indexOf('\n\n', start));
	// If this fails, copy the expected table into the README.
	expect(table).toBe(credentialTable(shown));
});
