// Which n8n the tests run in, as far as a test must know it (test/e2e/hosts.mjs says why).

import { z } from 'zod';

/** What not every n8n of the tests has. */
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
