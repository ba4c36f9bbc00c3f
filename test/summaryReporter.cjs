// Jest reporter: closes a run with one plain line, `N passed, N failed`, for people and scripts alike.
// A test file that cannot even be loaded counts as one failure.

class SummaryReporter {
	/**
	 * @param {unknown} _contexts
	 * @param {{ numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites: number }} results
	 */
	onRunComplete(_contexts, results) {
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		// Jest prints its own summary after every reporter has ended, so this waits for the very end.
		process.once('exit', () => {
			process.stdout.write(`\n${results.numPassedTests} passed, ${failed} failed\n`);
		});
	}
}

module.exports = SummaryReporter;
