/** Stand-ins for n8n's large contexts, of which the code under test may use only the named members. */

/**
 * @param members what the stand-in has
 * @returns an object that passes as a `T`; the use of a member it does not have throws, so that the
 *   type promises nothing that is not there
 */
export function partial<T extends object>(members: { [Key in keyof T]?: unknown }): T {
	const stand = new Proxy(members, {
		get(target, key, receiver): unknown {
			if (!(key in target)) throw new TypeError(`The stand-in has no member ${String(key)}`);
			return Reflect.get(target, key, receiver);
		},
	});
	return stand as unknown as T;
}
