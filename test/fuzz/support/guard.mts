/** Watches what must never happen, whatever is typed: connections elsewhere, and changed prototypes. */
import net from 'node:net';

export interface Guard {
	/** The targets of connections since the last call, except allowed ones. */
	strangers(): string[];
	/** What was added to the prototypes of objects and lists; this removes it. */
	pollution(): string[];
	/** Restores the sockets. */
	end(): void;
}

const PROTOTYPES: ReadonlyArray<readonly [string, object]> = [
	['Object', Object.prototype],
	['Array', Array.prototype],
	['String', String.prototype],
];

/**
 * Only connections to this machine are made; others are refused before a DNS lookup.
 * @param isAllowed whether a port of this machine is the sandbox's
 */
export function startGuard(isAllowed: (port: number) => boolean): Guard {
	const strangers: string[] = [];
	const known = new Map(PROTOTYPES.map(([name, of]) => [name, Reflect.ownKeys(of)]));
	const real = net.Socket.prototype.connect;
	net.Socket.prototype.connect = new Proxy(real, {
		apply(target, socket: net.Socket, args: unknown[]) {
			const [first] = args.flat();
			const { host = 'localhost', port }: { host?: unknown; port?: unknown } = Object(first);
			const isHere = host === '127.0.0.1' || host === 'localhost';
			if (isHere && isAllowed(Number(port))) return Reflect.apply(target, socket, args);
			strangers.push(`${String(host)}:${String(port)}`);
			const refused = Object.assign(new Error('refused by the test'), { code: 'ECONNREFUSED' });
			process.nextTick(() => socket.destroy(refused));
			return socket;
		},
	});
	return {
		strangers: () => strangers.splice(0),
		pollution() {
			return PROTOTYPES.flatMap(([name, of]) => {
				const added = Reflect.ownKeys(of).filter((key) => known.get(name)?.includes(key) !== true);
				for (const key of added) Reflect.deleteProperty(of, key);
				return added.map((key) => `${name}.prototype.${String(key)}`);
			});
		},
		end() {
			net.Socket.prototype.connect = real;
		},
	};
}
