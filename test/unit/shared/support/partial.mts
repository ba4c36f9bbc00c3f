/** Stubs for n8n's large contexts, with only the members that a test names. */

/**
 * @param members the members of the stub
 * @returns the stub as a `T`; reading any other member throws
 */
export function partial<T extends object>(members: { [Key in keyof T]?: unknown }): T {
	const stub = new Proxy(members, {
		get(target, key, receiver): unknown {
			if (!(key in target)) throw new TypeError(`The stub has no member ${String(key)}`);
			return Reflect.get(target, key, receiver);
		},
	});
	return stub as unknown as T;
}
