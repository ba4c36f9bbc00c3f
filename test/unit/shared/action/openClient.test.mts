/** Opening a vendor's client. */
import { expect, test } from '@jest/globals';
import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { openClient } from '../../../../nodes/shared/action/openClient.ts';
import type { ClientSettings, Vendor } from '../../../../nodes/shared/action/types.ts';
import { partial } from '../support/partial.mts';

const CREDENTIALS = { apiKey: 'secret' };

/** The client of this vendor is its own settings. */
const vendor: Vendor<ClientSettings> = {
	name: 'Vendor',
	credentialType: 'vendorApi',
	resources: [],
	defaultConcurrency: 1,
	defaultMaxWaitSeconds: 960,
	connect: (settings) => settings,
};

const context = partial<ILoadOptionsFunctions>({
	getCredentials: async (type: string) => ({ ...CREDENTIALS, type }),
});

test('uses the vendor’s credential and default limits', async () => {
	const { client, credentials } = await openClient(context, vendor);

	expect(credentials).toEqual({ ...CREDENTIALS, type: 'vendorApi' });
	expect(client.credentials).toBe(credentials);
	expect(client.context).toBe(context);
	expect(client.limits).toEqual({ timeoutMs: 30_000, maxWaitMs: 960_000 });
});

test('uses the limits of the caller', async () => {
	const limits = { timeoutMs: 1, maxWaitMs: 2 };

	expect((await openClient(context, vendor, limits)).client.limits).toBe(limits);
});
