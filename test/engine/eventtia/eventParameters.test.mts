/** Eventtia: event parameters, which can be secrets: what is sent, what is output, and who may use them. */
import { describe, expect, jest, test } from '@jest/globals';

import { nth } from '../../rig/records.mts';
import { errorOf, only } from '../../rig/results.mts';
import { useVendor, type RunExtras } from '../../rig/useVendor.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import eventtia from '../../vendors/eventtia.mts';
import { API, below, loggedIn } from './shared.mts';

const rig = useVendor(eventtia, { guests: 2, credential: loggedIn });

const AUX = below('/event_params/aux_json_data');
const KEY = below('/event_params/pay_u_api_key');

describe('eventParameter: get', () => {
	test('returns the value from a record, as the update sends it', async () => {
		const result = only(await rig.run('eventParameter: get', { paramName: 'aux_json_data' }));

		expect(rig.calls()).toEqual([`GET ${AUX}`]);
		expect(nth(rig.sent()).query).toEqual({});
		expect(result).toMatchObject({
			paramName: 'aux_json_data',
			value: [{ attr: 'val', attr2: 'val2' }],
		});
	});

	test.each([
		['pay_u_api_key', KEY, 'sandbox-pay-u-key'],
		['aux_json_data', AUX, [{ attr: 'val', attr2: 'val2' }]],
	])('returns a bare value unchanged: %s', async (paramName, path, value) => {
		rig.state.eventParamForm = 'bare';
		const result = only(await rig.run('eventParameter: get', { paramName }));

		expect(rig.calls()).toEqual([`GET ${path}`]);
		expect(result).toEqual({ paramName, value });
	});

	test.each([null, 5, false, 'text', ''])('returns %j', async (value) => {
		rig.fault({ do: { kind: 'status', status: 200, body: value } });
		const result = only(await rig.run('eventParameter: get', { paramName: 'aux_json_data' }));

		expect(result.value).toBe(value === '' ? null : value);
	});

	test('refuses an HTML page in place of a value', async () => {
		rig.fault({ do: { kind: 'html', status: 200 } });
		const result = await rig.run('eventParameter: get', { paramName: 'aux_json_data' });

		expect(errorOf(result).message).toBe(
			'Eventtia answered with an HTML page instead of a value [item 0]',
		);
	});

	test('reports an unknown parameter, and keeps the name within its path segment', async () => {
		const result = await rig.run('eventParameter: get', { paramName: 'a/../b?c' });

		expect(rig.calls()).toEqual([`GET ${below('/event_params/a%2F..%2Fb%3Fc')}`]);
		expect(errorOf(result).message).toBe('There is no such record [item 0]');
	});
});

describe('eventParameter: update', () => {
	test.each([
		['[{"a": 1}]', [{ a: 1 }]],
		['{"a": {"b": null}}', { a: { b: null } }],
		['"text"', 'text'],
		['5', 5],
		['={{ ({ a: $json.n }) }}', { a: 7 }],
	])('sends %s as JSON', async (paramValue, value) => {
		const items = [{ json: { n: 7 } }];
		const result = only(await rig.run('eventParameter: update', { paramValue }, { items }));
		const [sent] = rig.sent();

		expect(rig.calls()).toEqual([`PATCH ${AUX}`]);
		expect(sent?.body).toEqual({ param_value: value });
		expect(sent?.query).toEqual({});
		expect(result).toEqual({ paramName: 'aux_json_data', value, updated: true });
		expect(rig.state.event().guide.params.get('aux_json_data')?.value).toEqual(value);
	});

	test.each(['{', '={{ "" }}'])('refuses %s before it is sent', async (paramValue) => {
		const result = await rig.run('eventParameter: update', { paramValue });

		expect(errorOf(result).message).toBe('"Value (JSON)" is not JSON [item 0]');
		expect(rig.calls()).toEqual([]);
	});

	test('is repeated after a broken connection, because it is idempotent', async () => {
		rig.fault({ do: { kind: 'resetAfterEffect' } });
		const { result } = await withShortWaits(
			async () => await rig.run('eventParameter: update', { paramValue: '[1]' }),
		);

		expect(rig.sent(AUX)).toHaveLength(2);
		expect(only(result).updated).toBe(true);
	});
});

describe('an AI agent', () => {
	/** Runs the node as n8n runs it for an agent: under its name plus `Tool`. */
	async function asTool(operation: string, parameters: Record<string, string>) {
		const { nodeTypes } = rig.engine.packages;
		const real = nodeTypes.getByNameAndVersion.bind(nodeTypes);
		const spy = jest
			.spyOn(nodeTypes, 'getByNameAndVersion')
			.mockImplementation((name, version) => real(name.replace(/Tool$/, ''), version));
		const settings: RunExtras['settings'] = { type: 'n8n-nodes-guestlist.eventtiaTool' };
		try {
			return await rig.run(operation, parameters, { settings });
		} finally {
			spy.mockRestore();
		}
	}

	test.each([
		['eventParameter: get', { paramName: 'pay_u_api_key' }],
		['eventParameter: update', { paramValue: '[]' }],
	])('cannot use %s', async (operation, parameters) => {
		const result = await asTool(operation, parameters);

		expect(errorOf(result).message).toBe(
			'Event parameters are not for AI agents: they can be secrets [item 0]\n' +
				'Use the Eventtia node itself in the workflow, not as a tool.',
		);
		expect(rig.server.requests.filter(({ path }) => path !== `${API}/auth`)).toEqual([]);
	});

	test('can use other operations', async () => {
		const result = await asTool('pointOfInterest: getAll', {});

		expect(result.error).toBeUndefined();
		expect(result.items).toHaveLength(2);
	});
});
