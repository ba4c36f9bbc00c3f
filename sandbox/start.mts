// Starts the sandbox: a local server for each vendor, and their control server.

import { ARTSVP } from './artsvp/vendor.mts';
import { EVENT_VAULT } from './event-vault/vendor.mts';
import { EVENTTIA } from './eventtia/vendor.mts';
import { INEVENT } from './inevent/vendor.mts';
import { INVITARIO } from './invitario/vendor.mts';
import { type ControlledVendor, controlled, startControl } from './shared/control.mts';
import type { VendorDefinition, VendorState } from './shared/endpoint.mts';
import { type VendorServer, startVendor } from './shared/vendor-server.mts';

export type { FaultOrder, Faults } from './shared/faults.mts';
export type { RecordedRequest, RefusedRequest } from './shared/journal.mts';
export type { ArtsvpBooking, ArtsvpInvite } from './artsvp/records.mts';
export type { ArtsvpState } from './artsvp/state.mts';
export type { EventVaultGuest, EventVaultState, EventVaultTicket } from './event-vault/state.mts';
export type { EventtiaEvent } from './eventtia/event.mts';
export type { EventtiaState } from './eventtia/state.mts';
export type { InEventEvent } from './inevent/event.mts';
export type { InEventAttendee, InEventOrder } from './inevent/records.mts';
export type { InEventState } from './inevent/state.mts';
export type { InvitarioGuest } from './invitario/guest.mts';
export type { InvitarioState } from './invitario/state.mts';
export type { VendorServer };

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_GUESTS = 25;
const ANY_FREE_PORT = 0;

type Start = <State extends VendorState>(
	definition: VendorDefinition<State>,
	port: number | undefined,
) => Promise<VendorServer<State>>;

/** The vendors. To add one, add a folder and a line here. */
const STARTERS = {
	eventVault: async (start: Start, port?: number) => await start(EVENT_VAULT, port),
	invitario: async (start: Start, port?: number) => await start(INVITARIO, port),
	artsvp: async (start: Start, port?: number) => await start(ARTSVP, port),
	inEvent: async (start: Start, port?: number) => await start(INEVENT, port),
	eventtia: async (start: Start, port?: number) => await start(EVENTTIA, port),
};

type Starters = typeof STARTERS;
export type VendorName = keyof Starters;
/** The server of each vendor. */
export type Vendors = { [Name in VendorName]: Awaited<ReturnType<Starters[Name]>> };

const VENDOR_NAMES: readonly VendorName[] = [
	'eventVault',
	'invitario',
	'artsvp',
	'inEvent',
	'eventtia',
];

/** TCP ports; 0 or undefined means any free one. */
export type SandboxPorts = { [Name in VendorName | 'control']?: number };

export interface SandboxOptions {
	/** Address to listen on, default 127.0.0.1. */
	host?: string;
	ports?: SandboxPorts;
	/** How many guests each vendor starts with (default 25); `reset()` restores this number. */
	seed?: { guests?: number };
	/** Delay of every response, milliseconds; default 0. */
	latencyMs?: number;
}

/** The running sandbox. */
export type Sandbox<Name extends VendorName = VendorName> = { [Key in Name]: Vendors[Key] } & {
	control: { url: string };
	/** Ends every server and every connection, answered or not. */
	close(): Promise<void>;
};

/** A sandbox with only some of the vendors started. */
export interface PartialSandboxOptions<Name extends VendorName> extends SandboxOptions {
	vendors: readonly Name[];
}

/**
 * Starts the named vendors (default: all), each on its own port at the root path, and the control server.
 * @throws Error that names the port and the vendor when a port is in use; nothing keeps running in that case
 */
export async function startSandbox<Name extends VendorName>(
	options: PartialSandboxOptions<Name>,
): Promise<Sandbox<Name>>;
export async function startSandbox(options?: SandboxOptions): Promise<Sandbox>;
export async function startSandbox(
	options: SandboxOptions & { vendors?: readonly VendorName[] } = {},
): Promise<Partial<Vendors> & Sandbox<never>> {
	const { host = DEFAULT_HOST, ports = {}, seed, latencyMs = 0, vendors = VENDOR_NAMES } = options;
	const closers: Array<() => Promise<void>> = [];
	const controlledVendors: ControlledVendor[] = [];
	const close = async () => {
		await Promise.all(closers.map(async (closer) => await closer()));
	};
	const start: Start = async (definition, port = ANY_FREE_PORT) => {
		const server = await startVendor(definition, {
			host,
			port,
			latencyMs,
			seed: { guests: seed?.guests ?? DEFAULT_GUESTS },
		});
		closers.push(() => server.close());
		controlledVendors.push(controlled(definition, server));
		return server;
	};
	try {
		const started: Partial<Vendors> = {};
		for (const name of vendors) {
			Object.assign(started, { [name]: await STARTERS[name](start, ports[name]) });
		}
		const control = await startControl(controlledVendors, {
			host,
			port: ports.control ?? ANY_FREE_PORT,
		});
		closers.push(control.close);
		return { ...started, control: { url: control.url }, close };
	} catch (error) {
		await close();
		throw error;
	}
}
