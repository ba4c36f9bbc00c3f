/**
 * Lets the first of many jobs run alone: n8n fetches an OAuth2 token once per request as long as
 * there is none (n8n-core `oauth.js`: only the renewal is single-flight).
 */

/**
 * @param opens whether a result shows that the way is open for all
 * @returns a function that runs jobs, one at a time until one has opened the way
 */
export function firstAlone<T>(
	opens: (result: T) => boolean,
): (work: () => Promise<T>) => Promise<T> {
	let open = false;
	let opening: Promise<void> | undefined;
	return async function run(work) {
		while (!open && opening !== undefined) await opening;
		if (open) return await work();
		const first = work();
		opening = first.then(
			(result) => {
				open = opens(result);
				opening = undefined;
			},
			() => {
				opening = undefined;
			},
		);
		return await first;
	};
}
