/**
 * Hostile values in every field of every credential, in a run of the node and in n8n's credential test: no request
 * goes to a host other than the base URL's, no header is added, and invalid values are explained.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { startContractRig, type ContractRig } from '../contract/support/contractRig.mts';
import { findEndpoint } from '../contract/support/wire.mts';
import { createEngine, type Engine } from '../support/engine.mts';
import { withShortWaits } from '../support/short-waits.mts';
import { VENDORS } from '../vendors/index.mts';
import { rigCredential, portOf } from './support/credential.mts';
import { startGuard, type Guard } from './support/guard.mts';
import {
	BLANKS,
	OTHER_TEXTS,
	randomValues,
	SEED,
	share,
	TYPES,
	WORST_TEXTS,
	type Hostile,
} from './support/hostile.mts';
import { credentialErrorComplaints, requestComplaints } from './support/inspect.mts';

/** The vendor says which of its keys is empty; nothing is written with it. */
const MISSING = ' is blank: ';
const TIMEOUT_MS = 180_000;
/** Appended to the valid base URL. */
const ADDED = [
	'/',
	'//',
	'/..',
	'/%2e%2e',
	'?x=1',
	'#x',
	'/a?x=1',
	'\r\nx-injected: 1',
	'@evil.example.com',
	' x',
];

function valuesFor(turn: number): Hostile[] {
	return [
		...share(TYPES, 12, turn),
		...BLANKS,
		...WORST_TEXTS,
		...share(OTHER_TEXTS, 6, turn),
		...randomValues(2, turn),
	].filter(
		// Text that starts like this is an expression in the credential.
		({ json }) =>
			json.special === undefined && !(typeof json.v === 'string' && json.v.startsWith('=')),
	);
}

describe.each(VENDORS)('the credential of $key', (vendor) => {
	const { read } = vendor;
	const { table } = vendor.contract;
	const { fields } = vendor.credential;
	let engine: Engine;
	let rig: ContractRig;
	let guard: Guard;
	let tried = 0;

	beforeAll(async () => {
		engine = await createEngine();
		rig = await startContractRig(vendor);
		const port = portOf(rigCredential(rig));
		guard = startGuard((one) => one === port);
	});
	afterAll(async () => {
		guard.end();
		await rig.close();
		process.stdout.write(`\n${table.vendor}: ${fields.length} fields, ${tried} values\n`);
	});

	/** The problems with one value, in a run and in a credential test. */
	async function collectFindings(field: string, value: unknown, label: string): Promise<string[]> {
		const found: string[] = [];
		const { type, data } = rigCredential(rig);
		const credential = JSON.parse(JSON.stringify({ ...data, [field]: value }));
		const own = engine.packages
			.getCredentialType(type)
			.properties.find(({ name }) => name === field)?.displayName;
		rig.reset();
		guard.strangers();
		tried += 1;
		const { result } = await withShortWaits(
			async () =>
				await engine.run({
					nodeType: table.nodeType,
					parameters: {
						...read,
						options: { maxWait: 0, timeout: 10 },
					},
					credentials: { [type]: credential },
				}),
		);
		// The vendor's response has its own wording.
		if (result.error && result.error.httpCode === undefined) {
			const { message, description } = result.error;
			found.push(
				...credentialErrorComplaints({ message, description: description ?? '' }, [
					own ?? field,
					'credential',
				]),
			);
		}
		const tested = await withShortWaits(async () => await engine.testCredential(type, credential));
		if (tested.result.message === '') found.push('the test says nothing');

		// n8n uses the default if there is no value.
		const standard = engine.packages
			.getCredentialType(type)
			.properties.find(({ name }) => name === 'baseUrl')?.default;
		const hosts = [targetOf(value ?? standard)];
		found.push(
			...guard
				.strangers()
				.filter((where) => !hosts.includes(where))
				.map((where) => `a connection to ${where}`),
			...guard.pollution().map((what) => `${what} was added`),
		);
		const isElsewhere = field === 'baseUrl' || field === 'tokenUrl';
		for (const request of rig.requests) {
			// A path prefix is the user's choice.
			if (isElsewhere && findEndpoint(table, request) === undefined) continue;
			// n8n requests a token with a token when it tests a credential.
			if (request.path.endsWith('/oauth/token')) continue;
			found.push(
				...requestComplaints(table, request, {
					endpoints: new Set(table.endpoints),
					isFree: false,
				}).filter((one) => !one.includes(MISSING)),
			);
		}
		return found.map((one) => `${label}: ${one}`);
	}

	test.each(fields)(
		'%s',
		async (field) => {
			const findings: string[] = [];
			for (const { json, label } of valuesFor(fields.indexOf(field))) {
				findings.push(...(await collectFindings(field, json.v, label)));
			}
			if (field === 'baseUrl') {
				const { baseUrl } = rigCredential(rig).data;
				for (const added of ADDED) {
					findings.push(...(await collectFindings(field, `${String(baseUrl)}${added}`, added)));
				}
			}

			expect({ seed: SEED, findings: [...new Set(findings)] }).toEqual({
				seed: SEED,
				findings: [],
			});
		},
		TIMEOUT_MS,
	);
});

/** The target of a base URL: `host:port`. */
function targetOf(value: unknown): string | undefined {
	if (typeof value !== 'string' || !URL.canParse(value.trim())) return undefined;
	const { hostname, port, protocol } = new URL(value.trim());
	return `${hostname}:${port === '' ? (protocol === 'http:' ? '80' : '443') : port}`;
}
