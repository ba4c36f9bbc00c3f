/**
 * Runs requests one at a time until one succeeds, then all in parallel. Without a stored token n8n
 * fetches one per request (n8n-core `oauth.js`: only the renewal is single-flight).
 */

/**
 * @param isReady whether this result means that a token is stored now
 * @returns a function that runs requests, one at a time until a result is ready
 */
export function serializeUntil<T>(
	isReady: (result: T) => boolean,
): (work: () => Promise<T>) => Promise<T> {
	let ready = false;
	let inFlight: Promise<void> | undefined;
	return async function run(work) {
		while (!ready && inFlight !== undefined) await inFlight;
		if (ready) return await work();
		const first = work();
		inFlight = first.then(
			(result) => {
				ready = isReady(result);
				inFlight = undefined;
			},
			() => {
				inFlight = undefined;
			},
		);
		return await first;
	};
}
