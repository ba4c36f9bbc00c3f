// Jest reporter: closes a run with one plain line, `N passed, N failed`, for people and scripts alike.
// A test file that cannot even be loaded counts as one failure.

class SummaryReporter {
	/** @param {unknown} _contexts @param {import('@jest/reporters').AggregatedResult} results */
	onRunComplete(_contexts, results) {
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		process.stdout.write(`\n${results.numPassedTests} passed, ${failed} failed\n`);
	}
}

module.exports = SummaryReporter;
