/**
 * Does work that many items share only once: a cache of promises for one execution.
 */

export class PromiseCache<T> {
	private readonly promises = new Map<string, Promise<T>>();

	/**
	 * @param load called if there is nothing for the key. A failure is not cached, so the next caller
	 *   loads again
	 */
	async get(key: string, load: () => Promise<T>): Promise<T> {
		const known = this.promises.get(key);
		if (known !== undefined) return await known;
		const loading = load();
		this.promises.set(key, loading);
		loading.catch(() => this.promises.delete(key));
		return await loading;
	}
}
