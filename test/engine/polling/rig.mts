/** The rig of the polling tests: one engine, one vendor behind a relay and one clock per file, and a trigger per test. */
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { startVendor, type StartedVendor } from '../../rig/startVendor.mts';
import { createEngine, type Engine } from '../../support/engine.mts';
import { freshNode } from '../../support/fresh-node.mts';
import { createPoller, type Polled, type Poller } from '../../support/polling.mts';
import { startRelay, type Passing, type Relay } from '../../support/relay.mts';
import { startVirtualTime, type VirtualTime } from '../../support/virtual-time.mts';
import type {
	TestVendor,
	VendorKey,
	VendorServerOf,
	WatchedStream,
} from '../../vendors/defineVendor.mts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A reported event. */
export interface Reported {
	event: string;
	id: string;
}

export interface WatchOptions {
	/** Default: created, updated and deleted, if the stream has them. */
	triggerOn?: string[];
	parameters?: IDataObject;
	options?: IDataObject;
	durable?: boolean;
	budgetMs?: number;
	timeZone?: string;
}

/** A trigger on one stream. */
export interface Watch extends Poller {
	/** Polls a minute later. @throws the poll's error */
	next(): Promise<Reported[]>;
	/** The events of the next polls until every list has been read completely twice. */
	whole(): Promise<Reported[]>;
	/** The items of the last {@link Watch.next} or {@link Watch.whole}. */
	readonly last: IDataObject[];
	/** Every item so far. */
	readonly all: IDataObject[];
}

export interface PollingRig<Key extends VendorKey = VendorKey> {
	readonly engine: Engine;
	readonly server: VendorServerOf<Key>;
	readonly time: VirtualTime;
	readonly relay: Relay;
	/** Creates a trigger; nothing is polled yet. */
	watch(options?: WatchOptions): Promise<Watch>;
	/** Creates a trigger and runs its first poll, which must report nothing. */
	watching(options?: WatchOptions): Promise<Watch>;
	/** Requests of the stream's lists. */
	reads(): number;
	isList(passing: Passing): boolean;
	reported(items: readonly IDataObject[]): Reported[];
	/** Removes records from every page until it is undone. */
	thinOut(keep: (position: number) => boolean): () => void;
}

/** Registers start and stop for a test file; `seed` is how many guests the vendor starts with. */
export function usePolling<Key extends VendorKey>(
	vendor: TestVendor<Key>,
	stream: () => WatchedStream<Key>,
	seed: number,
): PollingRig<Key> {
	let engine: Engine | undefined;
	let running: StartedVendor<Key> | undefined;
	let relay: Relay | undefined;
	let time: VirtualTime | undefined;

	beforeAll(async () => {
		engine = await createEngine();
		running = await startVendor(vendor.key, seed);
		relay = await startRelay(running.server.url);
		time = startVirtualTime();
	});
	afterEach(() => {
		const { server } = rig;
		expect(server.refused).toEqual([]);
		server.reset();
		server.latencyMs = 0;
		relay?.reset();
	});
	afterAll(async () => {
		time?.restore();
		await relay?.close();
		await running?.close();
	});

	const rig: PollingRig<Key> = {
		get engine() {
			return started(engine);
		},
		get server() {
			return started(running).server;
		},
		get time() {
			return started(time);
		},
		get relay() {
			return started(relay);
		},
		async watch({ triggerOn, parameters, options, ...mode } = {}) {
			const { events, scope } = stream();
			const { credential } = vendor;
			vendor.api.liftLimits(rig.server);
			const poller = await createPoller({
				engine: rig.engine,
				node: `${vendor.key}Trigger`,
				parameters: {
					triggerOn: triggerOn ?? Object.values(events),
					...scope(rig.server),
					...parameters,
					options: { ...options },
				},
				credentials: {
					[credential.type]: { ...credential.data(rig.relay.url), ...credential.unlimited },
				},
				load: freshNode,
				...mode,
			});
			return asWatch(poller, rig);
		},
		async watching(options) {
			const watch = await rig.watch(options);
			const polled = await watch.poll();
			expect(polled).toMatchObject({ emitted: null, error: undefined });
			return watch;
		},
		reads() {
			const paths = stream().lists(rig.server);
			return rig.server.requests.filter(({ path }) => paths.includes(path)).length;
		},
		isList: ({ path }) => stream().lists(rig.server).includes(path),
		reported: (items) =>
			items.map((item) => ({ event: String(item._event), id: stream().idIn(item) })),
		thinOut(keep) {
			rig.relay.rewrite = (body, passing) => (rig.isList(passing) ? thinned(body, keep) : body);
			return () => {
				rig.relay.rewrite = undefined;
			};
		},
	};
	return rig;
}

function asWatch<Key extends VendorKey>(poller: Poller, rig: PollingRig<Key>): Watch {
	const all: IDataObject[] = [];
	let last: IDataObject[] = [];
	const take = (polled: Polled) => {
		if (polled.error !== undefined) {
			throw new Error(`The poll failed: ${polled.error.message}`, { cause: polled.error });
		}
		all.push(...polled.items);
		return polled.items;
	};
	return {
		...poller,
		async next() {
			rig.time.pass(MINUTE);
			last = take(await poller.poll());
			return rig.reported(last);
		},
		async whole() {
			last = [];
			for (let round = 0; round < 2; round++) {
				rig.time.pass(DAY + SECOND);
				last.push(...take(await poller.poll()));
			}
			return rig.reported(last);
		},
		get last() {
			return last;
		},
		get all() {
			return all;
		},
	};
}

/** A list without some of its records, whatever its format. */
function thinned(body: unknown, keep: (position: number) => boolean): unknown {
	const rows = (list: unknown[]) => list.filter((_row, position) => keep(position));
	if (Array.isArray(body)) return rows(body);
	if (typeof body !== 'object' || body === null) return body;
	if ('data' in body && Array.isArray(body.data)) return { ...body, data: rows(body.data) };
	if ('guests' in body && Array.isArray(body.guests)) {
		const guests = rows(body.guests);
		return { ...body, guests, count: guests.length };
	}
	return body;
}

function started<T>(part: T | undefined): T {
	if (part === undefined) throw new Error('The rig has not been started');
	return part;
}
