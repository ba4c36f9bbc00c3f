// Jest setup file: libraries of the sandbox that are loaded once per worker, not once per test file.

const SHARED = ['fastify', 'zod'];

// Undefined in a file that uses another environment.
const realm = globalThis.workerRealm?.();
if (realm) {
	const load = realm.createRequire(__filename);
	for (const name of SHARED) jest.doMock(name, () => load(name));
}
