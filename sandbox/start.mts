// Starts local stand-ins for the vendors and their control server.

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

/** The vendors: a new one is a folder and a line here. */
async function startVendors(start: Start, ports: SandboxPorts) {
	return {
		eventVault: await start(EVENT_VAULT, ports.eventVault),
		invitario: await start(INVITARIO, ports.invitario),
		artsvp: await start(ARTSVP, ports.artsvp),
		inEvent: await start(INEVENT, ports.inEvent),
		eventtia: await start(EVENTTIA, ports.eventtia),
	};
}

type Vendors = Awaited<ReturnType<typeof startVendors>>;

/** TCP ports; 0 or left out means any free one. */
export interface SandboxPorts {
	control?: number;
	eventVault?: number;
	invitario?: number;
	artsvp?: number;
	inEvent?: number;
	eventtia?: number;
}

export interface SandboxOptions {
	/** Address to listen on, default 127.0.0.1. */
	host?: string;
	ports?: SandboxPorts;
	/** How many guests each vendor starts with (default 25); also what `reset()` goes back to. */
	seed?: { guests?: number };
	/** Added to every vendor answer, milliseconds; default 0. */
	latencyMs?: number;
}

/** The running sandbox. */
export interface Sandbox extends Vendors {
	control: { url: string };
	/** Ends every server and every connection, answered or not. */
	close(): Promise<void>;
}

/**
 * Starts every vendor, each on a port of its own at the root path, and the control server.
 * @throws Error that names the port and the vendor when a port is in use; nothing stays running then
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { host = DEFAULT_HOST, ports = {}, seed, latencyMs = 0 } = options;
	const closers: Array<() => Promise<void>> = [];
	const vendors: ControlledVendor[] = [];
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
		vendors.push(controlled(definition, server));
		return server;
	};
	try {
		const started = await startVendors(start, ports);
		const control = await startControl(vendors, { host, port: ports.control ?? ANY_FREE_PORT });
		closers.push(control.close);
		return { ...started, control: { url: control.url }, close };
	} catch (error) {
		await close();
		throw error;
	}
}
