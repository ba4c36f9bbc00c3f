/**
 * A vendor server that replays a recorded exchange with the sandbox, except for one response that a test replaces:
 * first it forwards requests and records the responses, then it replays them.
 */
import {
	createServer,
	request,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface Asked {
	method: string;
	/** Without the query. */
	path: string;
	/** With its question mark; empty if there is none. */
	search: string;
	headers: Record<string, string | string[] | undefined>;
	body: string;
}

export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: Buffer;
}

/** One request and its response. */
export interface Exchange {
	asked: Asked;
	answer: Answer;
}

/** Turns a recorded response into another one. */
export type Replace = (answer: Answer, asked: Asked) => Answer;

/** An exchange with a replaced response, also for every repetition of the same request. */
export interface Spoiled {
	at: number;
	replace: Replace;
	/** Only the recorded page, not every page of the same path. */
	onlyPage: boolean;
}

/** Marks an ID with the number of the item that it belongs to, so that one run can have many responses. */
export const TAG = '~';
const TAGGED = new RegExp(`${TAG}(\\d+)`);

export interface Replay {
	/** Base URL, without a path. */
	readonly url: string;
	/** A server that must never receive anything. */
	readonly elsewhere: string;
	/** The requests that arrived there. */
	readonly strayed: string[];
	/** Requests since the last `record` or `play`. */
	readonly asked: Asked[];
	/** Forwards requests to a vendor's base URL from now on. @returns the exchanges, as they happen */
	record(target: string): Exchange[];
	/**
	 * Replays exchanges from now on. A request that matches none of them in its query gets the last response of the
	 * same path; a request to another path gets 404.
	 * @param spoiledFor the replacement for the item that a request belongs to, see {@link tagOf}
	 */
	play(
		exchanges: readonly Exchange[],
		spoiledFor?: (tag: number | undefined) => Spoiled | undefined,
	): void;
	close(): Promise<void>;
}

const OF_THE_CONNECTION = [
	'connection',
	'keep-alive',
	'transfer-encoding',
	'content-length',
	'date',
];
const NOT_FOUND: Answer = { status: 404, headers: {}, body: Buffer.alloc(0) };
const LOOPBACK = '127.0.0.1';

export async function startReplay(): Promise<Replay> {
	const strayed: string[] = [];
	let asked: Asked[] = [];
	let answering: (one: Asked) => Promise<Answer> | Answer = () => NOT_FOUND;
	const server = createServer((incoming, outgoing) => {
		void read(incoming)
			.then(async (one) => {
				asked.push(one);
				send(outgoing, await answering(one));
			})
			.catch(() => incoming.socket.destroy());
	});
	const trap = createServer((incoming, outgoing) => {
		strayed.push(`${incoming.method} ${incoming.url}`);
		outgoing.end('{}');
	});
	const [url, elsewhere] = await Promise.all([listening(server), listening(trap)]);
	return {
		url,
		elsewhere,
		strayed,
		get asked() {
			return asked;
		},
		record(target) {
			const exchanges: Exchange[] = [];
			asked = [];
			answering = async (one) => {
				const answer = await passOn(target, one);
				exchanges.push({ asked: one, answer });
				return answer;
			};
			return exchanges;
		},
		play(exchanges, spoiledFor) {
			const played = new Map<string, number>();
			asked = [];
			answering = (one) => {
				const tag = TAGGED.exec(`${one.path}${one.search}`)?.[1];
				const plain = untagged(one);
				const found = matching(exchanges, plain, played, tag ?? '');
				if (found === undefined) return NOT_FOUND;
				const spoiled = spoiledFor?.(tag === undefined ? undefined : Number(tag));
				const replaced = spoiled === undefined ? undefined : exchanges[spoiled.at];
				const isReplaced =
					replaced !== undefined &&
					(found === replaced ||
						(spoiled?.onlyPage === false && isSame(found.asked, replaced.asked)));
				return isReplaced && spoiled !== undefined
					? spoiled.replace(found.answer, one)
					: found.answer;
			};
		},
		async close() {
			await Promise.all([closed(server), closed(trap)]);
		},
	};
}

/** Repetitions of the same request are replayed in order; the last response stays. */
function matching(
	exchanges: readonly Exchange[],
	asked: Asked,
	played: Map<string, number>,
	tag: string,
): Exchange | undefined {
	const exact = exchanges.filter(
		(one) => isSame(one.asked, asked) && one.asked.search === asked.search,
	);
	if (exact.length === 0) return exchanges.filter((one) => isSame(one.asked, asked)).at(-1);
	const key = `${tag} ${asked.method} ${asked.path}${asked.search}`;
	const turn = played.get(key) ?? 0;
	played.set(key, turn + 1);
	return exact[Math.min(turn, exact.length - 1)];
}

function untagged(asked: Asked): Asked {
	const { path, search } = asked;
	return { ...asked, path: path.replace(TAGGED, ''), search: search.replace(TAGGED, '') };
}

function isSame(one: Asked, other: Asked): boolean {
	return one.method === other.method && one.path === other.path;
}

async function read(incoming: IncomingMessage): Promise<Asked> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
	const { pathname, search } = new URL(incoming.url ?? '/', 'http://replay');
	const { method = 'GET', headers } = incoming;
	return {
		method,
		path: pathname,
		search,
		headers,
		body: Buffer.concat(chunks).toString('latin1'),
	};
}

async function passOn(target: string, asked: Asked): Promise<Answer> {
	const { method, path, search, headers, body } = asked;
	return await new Promise((resolve, reject) => {
		const onward = request(
			`${target}${path}${search}`,
			{ method, headers: { ...headers, connection: 'close' } },
			(answer) => {
				const chunks: Buffer[] = [];
				answer.on('data', (chunk: Buffer) => chunks.push(chunk));
				answer.on('error', reject);
				answer.on('end', () => {
					const kept = Object.entries(answer.headers).flatMap(([name, value]) =>
						typeof value === 'string' && !OF_THE_CONNECTION.includes(name)
							? [[name, value] as const]
							: [],
					);
					resolve({
						status: answer.statusCode ?? 0,
						headers: Object.fromEntries(kept),
						body: Buffer.concat(chunks),
					});
				});
			},
		);
		onward.on('error', reject);
		onward.end(Buffer.from(body, 'latin1'));
	});
}

function send(outgoing: ServerResponse, { status, headers, body }: Answer): void {
	outgoing.writeHead(status, { ...headers, 'content-length': body.length });
	outgoing.end(body);
}

async function listening(server: Server): Promise<string> {
	await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
	// The address of a server that listens on a port has this type.
	const { port } = server.address() as AddressInfo;
	return `http://${LOOPBACK}:${port}`;
}

async function closed(server: Server): Promise<void> {
	server.closeAllConnections();
	await new Promise<void>((resolve) => server.close(() => resolve()));
}
