/**
 * Work that many items share is done once: a cache of promises for one execution.
 */

export class PromiseCache<T> {
	private readonly promises = new Map<string, Promise<T>>();

	/**
	 * @param load called if nothing is there for the key; what fails is forgotten, so that the next
	 *   one to ask tries again
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
