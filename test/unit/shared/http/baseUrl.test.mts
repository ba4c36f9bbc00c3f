/** Which URLs a credential may have. */
import { describe, expect, test } from '@jest/globals';

import { checkBaseUrl, trimBaseUrl } from '../../../../nodes/shared/http/baseUrl.ts';
import { InputError } from '../../../../nodes/shared/errors.ts';

const check = (value: unknown): string => checkBaseUrl(value, 'Base URL');

describe('accepted, as they will be used', () => {
	test.each([
		['https://api.example.com', 'https://api.example.com'],
		['https://api.example.com/', 'https://api.example.com'],
		['  https://api.example.com//  ', 'https://api.example.com'],
		['https://api.example.com/v1/', 'https://api.example.com/v1'],
		['https://api.example.com:8443', 'https://api.example.com:8443'],
		['https://192.0.2.7', 'https://192.0.2.7'],
		['https://[2001:db8::1]:8443/x', 'https://[2001:db8::1]:8443/x'],
	])('%j', (value, url) => {
		expect(check(value)).toBe(url);
	});

	test.each([
		'https://api.example.com?',
		'https://api.example.com/#',
		'https://api.example.com/?#',
		'https://api.exa\nmple.com',
		'https://api.example.com\\',
	])('%j means the plain host', (value) => {
		expect(check(value)).toBe('https://api.example.com');
	});
});

describe('http on a private network', () => {
	test.each([
		'http://localhost:5678',
		'http://LOCALHOST',
		'http://api.localhost',
		'http://127.0.0.1:3000',
		'http://127.1',
		'http://10.0.0.5',
		'http://192.168.1.20/api',
		'http://172.16.0.1',
		'http://172.31.255.255',
		'http://169.254.10.10',
		'http://[::1]:8080',
		'http://[fc00::1]',
		'http://[fd12:3456::1]',
		'http://[fe80::1]',
		'http://sandbox:3000',
		'http://host.docker.internal',
		'http://printer.local',
		'http://nas.lan',
		'http://vendor.test',
	])('%s', (value) => {
		expect(check(value)).toBe(
			value.replace('LOCALHOST', 'localhost').replace('127.1', '127.0.0.1'),
		);
	});
});

describe('http elsewhere would send keys unencrypted', () => {
	test.each([
		'http://api.example.com',
		'http://8.8.8.8',
		'http://134744072',
		'http://172.15.0.1',
		'http://172.32.0.1',
		'http://192.169.0.1',
		'http://11.0.0.1',
		'http://[2001:db8::1]',
		'http://[fd::1]',
		'http://[::ffff:8.8.8.8]',
		'http://localhost.example.com',
		'http://mylocalhost.com',
		'http://internal.example.com',
		// Names that only start like a private address.
		'http://10.example.com',
		'http://127.0.0.1.example.com',
		'http://192.168.example.com',
		'http://172.16.example.com',
		'http://169.254.example.com',
	])('%s', (value) => {
		expect(() => check(value)).toThrow('"Base URL" of the credential must start with https://');
	});
});

describe('refused', () => {
	test.each([
		['', /empty/],
		['   ', /empty/],
		['///', /empty/],
		[undefined, /empty/],
		[null, /empty/],
		[42, /empty/],
		['api.example.com', /not a web address/],
		['https://', /not a web address/],
		['https://a b.example.com', /not a web address/],
		['https://[::1', /not a web address/],
		['https://example.com:99999', /not a web address/],
		['ftp://example.com', /must start with https/],
		['javascript:alert(1)', /must start with https/],
		['https://jane@example.com', /only a host and a path/],
		['https://jane:secret@example.com', /only a host and a path/],
		['https://:secret@example.com', /only a host and a path/],
		['https://example.com?key=1', /only a host and a path/],
		['https://example.com/#top', /only a host and a path/],
	])('%j', (value, message) => {
		const refused = () => check(value);
		expect(refused).toThrow(InputError);
		expect(refused).toThrow(message);
		expect(refused).not.toThrow(/secret/);
	});

	test('the message names the field by its label in the credential', () => {
		expect(() => checkBaseUrl('', 'Host')).toThrow('"Host" of the credential is empty');
	});
});

test.each([
	[' https://a.example/ ', 'https://a.example'],
	['/', ''],
	[7, ''],
	[undefined, ''],
])('trimBaseUrl(%j) is %j', (value, text) => {
	expect(trimBaseUrl(value)).toBe(text);
});
