// The n8n that the tests run in, as far as a test needs to know (see test/e2e/hosts.mjs).

import { z } from 'zod';

/** Features that not every tested n8n has. */
export type Feature =
	| 'descriptions of operations'
	| 'durable cursors'
	| 'one renewal of a token'
	| 'tools that are called with missing arguments'
	| 'words of a refused token';

const lacking = z.array(z.string()).parse(JSON.parse(process.env.GUESTLIST_E2E_LACKS ?? '[]'));

/** Whether the n8n that run.mjs started has a feature. */
export function hostHas(feature: Feature): boolean {
	return !lacking.includes(feature);
}
