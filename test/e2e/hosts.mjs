// The n8n versions that the end-to-end tests run in, and the features that only the newest has.

/**
 * @typedef {object} Host
 * @property {'newest' | 'oldest'} release which pinned n8n (host/install.mjs)
 * @property {boolean} needsPrograms whether its tests use the programs of support/programs.mjs
 * @property {Array<{ files: string, reason: string }>} leftOut test files that are not run there: the beginning of their
 *   path below `test/e2e`
 * @property {Array<{ feature: string, reason: string }>} lacks what that n8n does not have; the tests ask for it with
 *   `hostHas` (support/host.mts)
 */

/** @type {Host[]} */
export const HOSTS = [
	{ release: 'newest', needsPrograms: true, leftOut: [], lacks: [] },
	{
		release: 'oldest',
		needsPrograms: false,
		leftOut: [
			{
				files: 'browser/',
				reason: 'it drives the editor of the newest n8n, whose pages are built differently',
			},
			{
				files: 'examples/invitarioCrm.',
				reason: "the example keeps its contacts in n8n's Data Table, which is newer",
			},
			{
				files: 'queue/',
				reason: "it is about n8n's own way with several processes, which is the newest's",
			},
			{
				files: 'secrets.',
				reason:
					"it reads n8n's log and database as n8n 2 and Node 24 have them; n8n 1 also keeps the address of the instant trigger in saved executions",
			},
			{
				files: 'split/',
				reason: 'the split packages hold the same files as the pack, which is tested here',
			},
		],
		lacks: [
			{
				feature: 'descriptions of operations',
				reason: 'it describes a tool by its node, its resource and its operation, by their values',
			},
			{
				feature: 'durable cursors',
				reason: 'the opt-in engine that commits the state of a poll with its execution is newer',
			},
			{
				feature: 'one renewal of a token',
				reason:
					'each request that the vendor refuses an OAuth2 token renews it, also several at once',
			},
			{
				feature: 'tools that are called with missing arguments',
				reason:
					'its AI Agent ends when the model leaves a required one out, before the node is asked',
			},
			{
				feature: 'words of a refused token',
				reason: 'its test of an OAuth2 credential shows the code of the error, EAUTH, and no words',
			},
		],
	},
];

/**
 * @param {Host} host
 * @returns {string[]} regular expressions for Jest's `--testPathIgnorePatterns`
 */
export function ignorePatterns({ leftOut }) {
	return leftOut.map(({ files }) => `/test/e2e/${files.replaceAll('.', '\\.')}`);
}
