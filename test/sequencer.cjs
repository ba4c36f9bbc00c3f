// Jest sequencer: the longest files first, so that no worker is left with one of them at the end.

const Sequencer = require('@jest/test-sequencer').default;

/** Parts of paths, the longest first. All other files follow in Jest's own order. */
const LONGEST = [
	'/fuzz/parameters.',
	'/polling/poll.',
	'/engine/polling/large.',
	'/engine/polling/',
	'/fuzz/',
	'/polling/',
	'/large.',
	'/contract/',
];

const rankOf = ({ path }) => {
	const name = path.replaceAll('\\', '/');
	const rank = LONGEST.findIndex((part) => name.includes(part));
	return rank === -1 ? LONGEST.length : rank;
};

module.exports = class LongestFirst extends Sequencer {
	/** @param {import('@jest/test-result').Test[]} tests */
	sort(tests) {
		return super.sort(tests).sort((a, b) => rankOf(a) - rankOf(b));
	}
};
