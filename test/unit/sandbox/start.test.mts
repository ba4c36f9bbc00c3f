// Starting, ports, seeding large numbers, the control server, and the journal's bound.

import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

import { afterEach, describe, expect, it } from '@jest/globals';

import { MAX_RECORDED_REQUESTS, appendTo } from '../../../sandbox/shared/journal.mts';
import { person } from '../../../sandbox/shared/people.mts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../sandbox/start.mts';
import { catalogEntry, VENDORS } from '../../vendors/index.mts';
import { invitario, send, vault } from './client.mts';

const MANY = 50_000;
const running: Sandbox[] = [];
async function start(options?: SandboxOptions): Promise<Sandbox> {
	const sandbox = await startSandbox(options);
	running.push(sandbox);
	return sandbox;
}
afterEach(async () => {
	await Promise.all(running.splice(0).map(async (sandbox) => await sandbox.close()));
});

/** Occupies a port below those that the system gives to connections: nobody else takes it once it is free again. */
async function takePort(): Promise<{ taken: Server; port: number }> {
	for (;;) {
		const taken = createServer();
		const port = randomInt(20_000, 32_000);
		taken.listen(port, '127.0.0.1');
		const isListening = await once(taken, 'listening').then(
			() => true,
			() => false,
		);
		if (isListening) return { taken, port };
	}
}

describe('seeding', () => {
	it('serves 50,000 guests of both vendors', async () => {
		const { eventVault, invitario: door } = await start({ seed: { guests: MANY } });

		const sessionToken = door.state.openSession();
		const bodies = () => [
			eventVault.state.event().guestsBody('empty').length,
			door.state.allBody().length,
		];
		bodies();
		eventVault.state.event().setRegistered(person(1).email, true);
		door.state.checkIn(door.state.guests()[0]?.id ?? '');
		const lengths = bodies();

		const guestsReply = await vault(eventVault.url, '/getGuests');
		expect(Buffer.byteLength(guestsReply.text)).toBe(lengths[0]);
		const all = await invitario(door.url, '/guest/list/all', { sessionToken });
		expect(all.text).toHaveLength(lengths[1] ?? 0);
		expect(all.json).toMatchObject({ count: MANY });

		const guests = door.state.guests();
		expect(new Set(guests.map(({ id }) => id)).size).toBe(MANY);
		expect(new Set(guests.map(({ accessCode }) => accessCode)).size).toBe(MANY);
		const ids = new Set(guests.map(({ id }) => id));
		expect(guests.flatMap(({ companions }) => companions).every(({ id }) => ids.has(id))).toBe(
			true,
		);
	});

	it('is the same every time, and person N is the same at every vendor', async () => {
		const [one, two] = [await start(), await start()];
		expect(one.eventVault.state.toJSON()).toEqual(two.eventVault.state.toJSON());
		expect(one.invitario.state.toJSON()).toEqual(two.invitario.state.toJSON());
		const emails = one.eventVault.state
			.event()
			.guests()
			.map(({ email }) => email);
		expect(one.invitario.state.guests().map(({ fields }) => fields.email)).toEqual(emails);
		for (const email of emails) expect(email).toMatch(/^[a-z]+\.[a-z]+\.\d+@example\.com$/);
		expect(person(19).email).toBe('soren.schmidt.19@example.com');
	});

	it('reset restores the first seed or another one, and resets knobs', async () => {
		const { eventVault, invitario: door } = await start({ seed: { guests: 4 } });
		door.state.errorStatus = 403;
		door.state.addGuest();
		door.reset();
		expect(door.state).toMatchObject({ errorStatus: 200 });
		expect(door.state.guests()).toHaveLength(4);
		eventVault.reset({ guests: 7 });
		expect(eventVault.state.event().guestCount).toBe(7);
	});
});

describe('ports', () => {
	it('names the port and the vendor when a port is in use, and leaves nothing running', async () => {
		const { taken, port } = await takePort();
		const failed: unknown = await startSandbox({ ports: { invitario: port } }).then(
			async (sandbox) => await sandbox.close(),
			(error: unknown) => error,
		);
		await new Promise((resolve) => taken.close(resolve));
		expect(String(failed)).toContain(
			`Port ${port}, wanted by the sandbox of Invitario, is in use.`,
		);
		const { invitario: door } = await start({ ports: { invitario: port } });
		expect(door.url).toBe(`http://127.0.0.1:${port}`);
	});
});

it('adds the ordered latency to every response', async () => {
	const { eventVault } = await start({ latencyMs: 60 });
	const order: string[] = [];
	// Started before the server's timer and shorter: it ends first, however slow the machine is.
	setTimeout(() => order.push('a shorter timer'), 50);
	await vault(eventVault.url, '/getGuests');
	order.push('the answer');
	expect(order).toEqual(['a shorter timer', 'the answer']);
});

describe('control server', () => {
	it('reports its health, and the URLs of the vendors', async () => {
		const sandbox = await start();
		const urls = VENDORS.map((vendor) => [catalogEntry(vendor).slug, sandbox[vendor.key].url]);
		expect((await send(`${sandbox.control.url}/health`)).json).toEqual({
			status: 'ok',
			vendors: Object.fromEntries(urls),
		});
	});

	it('shows state, requests and refusals, and resets', async () => {
		const { control, eventVault } = await start();
		const at = `${control.url}/event-vault`;
		await vault(eventVault.url, '/addGuest', { userEmail: 'ada@example.com' });
		await vault(eventVault.url, '/nowhere');
		expect((await send(`${at}/state`)).json).toMatchObject({
			events: { 'sandbox-event-1': { guestCount: 26 } },
		});
		expect((await send(`${at}/requests`)).json).toMatchObject([{ status: 200 }, { status: 501 }]);
		expect((await send(`${at}/refused`)).json).toMatchObject([{ path: '/nowhere' }]);
		await send(`${at}/reset`, { method: 'POST', body: { guests: 2 } });
		expect(eventVault.state.event().guestCount).toBe(2);
		expect((await send(`${at}/requests`)).json).toEqual([]);
		await send(`${at}/reset`, { method: 'POST' });
		expect(eventVault.state.event().guestCount).toBe(25);
		expect((await send(`${at}/reset`, { method: 'POST', body: { guest: 2 } })).status).toBe(400);
	});

	it('orders, lists and clears faults, and sets knobs and latency', async () => {
		const { control, eventVault, invitario: door } = await start();
		const at = `${control.url}/event-vault`;
		const ordered = await send(`${at}/faults`, {
			method: 'POST',
			body: { when: { path: '/getGuests' }, do: { kind: 'status', status: 503 } },
		});
		expect(ordered).toMatchObject({ status: 201, json: { id: 'fault-1' } });
		expect((await vault(eventVault.url, '/getGuests')).status).toBe(503);
		expect((await send(`${at}/faults`)).json).toMatchObject([{ id: 'fault-1', struck: 1 }]);
		await send(`${at}/faults`, { method: 'DELETE' });
		expect((await send(`${at}/faults`)).json).toEqual([]);
		const misunderstood = await send(`${at}/faults`, {
			method: 'POST',
			body: { do: { kind: 'explode' } },
		});
		expect(misunderstood.status).toBe(400);

		const knob = `${control.url}/invitario/knobs`;
		await send(knob, { method: 'PATCH', body: { errorStatus: 401 } });
		expect(door.state.errorStatus).toBe(401);
		expect((await send(knob, { method: 'PATCH', body: { nonsense: 1 } })).status).toBe(400);
		await send(`${at}/server`, { method: 'PATCH', body: { latencyMs: 5 } });
		expect(eventVault.latencyMs).toBe(5);
	});
});

it('the journal keeps the newest entries only', () => {
	const journal: number[] = [];
	for (let entry = 1; entry <= MAX_RECORDED_REQUESTS + 1; entry++) appendTo(journal, entry);
	expect(journal.length).toBeLessThanOrEqual(MAX_RECORDED_REQUESTS);
	expect(journal.at(-1)).toBe(MAX_RECORDED_REQUESTS + 1);
});
