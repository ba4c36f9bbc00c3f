// A vendor as small as a vendor can be: people who register, change, check in, cancel and vanish, and lists of them
// that are read in pages while they change. Knows nothing of the trigger; it notes what it served, for the oracle.
import type { IDataObject } from 'n8n-workflow';
import { CallError } from '../../../nodes/shared/errors.ts';
import type { Page } from '../../../nodes/shared/http/pages.ts';
import type { ReadPages } from '../../../nodes/shared/polling/types.ts';

const SECOND_MS = 1000;
const FAULT_KINDS = 3;

/** A person on the list. Times are Unix ms, in whole seconds, as vendors write them. */
export interface Person extends IDataObject {
	id: string;
	name: string;
	status: string;
	checkedIn: boolean;
	createdAt: number;
	updatedAt: number;
	deleted: boolean;
	/** Which of all changes at this vendor this is; no vendor tells it, the trigger does not look at it. */
	rev: number;
}

/** What the vendor's interface is like. */
export interface VendorManner {
	/** By page number (shifts while the list changes), from a record on, or all in one. */
	paging: 'number' | 'cursor' | 'whole';
	pageSize: number;
	newestFirst: boolean;
	/** A list of changes: is a change at the asked moment in it? */
	inclusive: boolean;
	/** The list of changes tells what was deleted. */
	tombstones: boolean;
	/** Check-in and undo set `updatedAt`. */
	checkInMoves: boolean;
	/** Its answers say what time it is. */
	tellsTime: boolean;
}

/** What was served, in order. */
export type Served =
	| { what: 'begin'; list: 'all' | 'changes'; rev: number; atMs: number }
	| { what: 'record'; list: 'all' | 'changes'; record: Person }
	| { what: 'page'; list: 'all' | 'changes' }
	| { what: 'end'; list: 'all' | 'changes' };

/** A page that fails: too many requests, a broken gateway, a session that has ended. */
function faultOf(kind: number): CallError {
	switch (kind % FAULT_KINDS) {
		case 0:
			return new CallError({
				message: 'slow down',
				status: 429,
				failure: { cause: 'rate-limited' },
			});
		case 1:
			return new CallError({ message: 'bad gateway', status: 502 });
		default:
			return new CallError({ message: 'log in again', status: 401 });
	}
}

export class ModelVendor {
	/** This vendor's clock, Unix ms. */
	nowMs = 1_800_000_000_123;

	readonly alive = new Map<string, Person>();

	readonly graves = new Map<string, Person>();

	/** Since which change each record has been there without a break. */
	readonly aliveSince = new Map<string, number>();

	served: Served[] = [];

	/** Pages answered since the poll began. */
	pages = 0;

	/** Answers take so long, ms. */
	latencyMs = 0;

	/** What happens after a page was answered, one at a time. */
	between: Array<() => void> = [];

	/** Something changed between two pages of one reading. */
	changedWhileRead = false;

	fault: { page: number; kind: number } | undefined;

	/** A page failed in this poll; later than the first one, a rate limit only ends the reading early. */
	failed: { isLater: boolean } | undefined;

	private revs = 0;

	private ids = 0;

	constructor(readonly manner: VendorManner) {}

	get rev(): number {
		return this.revs;
	}

	create(id = `p${String((this.ids += 1)).padStart(4, '0')}`): Person {
		const at = this.second();
		const person: Person = {
			id,
			name: `name ${this.revs + 1}`,
			status: 'registered',
			checkedIn: false,
			createdAt: at,
			updatedAt: at,
			deleted: false,
			rev: (this.revs += 1),
		};
		this.graves.delete(id);
		this.alive.set(id, person);
		this.aliveSince.set(id, person.rev);
		return person;
	}

	/** @param lateMs how much older than now the change says to be */
	change(person: Person, change: Partial<Person>, lateMs = 0, moves = true): void {
		const updatedAt = moves
			? Math.max(person.updatedAt, this.second(this.nowMs - lateMs))
			: person.updatedAt;
		this.alive.set(person.id, { ...person, ...change, updatedAt, rev: (this.revs += 1) });
	}

	remove(person: Person): void {
		this.alive.delete(person.id);
		this.aliveSince.delete(person.id);
		this.graves.set(person.id, {
			...person,
			deleted: true,
			updatedAt: this.second(),
			rev: (this.revs += 1),
		});
	}

	beginPoll(): void {
		this.served = [];
		this.failed = undefined;
		this.pages = 0;
	}

	readonly all: ReadPages<Person> = async (mark) => this.answer('all', mark, this.ordered(), byId);

	changes(sinceMs: number): ReadPages<Person> {
		return async (mark) => {
			const { inclusive, tombstones } = this.manner;
			const since = this.second(sinceMs);
			const people = [...this.alive.values(), ...(tombstones ? this.graves.values() : [])];
			const changed = people
				.filter(({ updatedAt }) => (inclusive ? updatedAt >= since : updatedAt > since))
				.sort((a, b) => (byChange(a) < byChange(b) ? -1 : 1));
			return this.answer('changes', mark, changed, byChange);
		};
	}

	private second(ms = this.nowMs): number {
		return Math.floor(ms / SECOND_MS) * SECOND_MS;
	}

	private ordered(): Person[] {
		const people = [...this.alive.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
		return this.manner.newestFirst ? people.reverse() : people;
	}

	private answer(
		list: 'all' | 'changes',
		mark: string | undefined,
		people: Person[],
		placeOf: (person: Person) => string,
	): Page<Person> {
		this.pages += 1;
		this.nowMs += this.latencyMs;
		if (this.fault?.page === this.pages) {
			const { kind } = this.fault;
			this.fault = undefined;
			this.failed = { isLater: this.pages > 1 && kind % FAULT_KINDS === 0 };
			throw faultOf(kind);
		}
		const { paging, pageSize, newestFirst, tellsTime } = this.manner;
		const number = paging === 'number' ? Number(mark ?? 1) : 1;
		const isAfter = (place: string) =>
			newestFirst && list === 'all' ? place < (mark ?? '') : place > (mark ?? '');
		const rest =
			paging === 'cursor' && mark !== undefined
				? people.filter((person) => isAfter(placeOf(person)))
				: people.slice((number - 1) * pageSize);
		const page = paging === 'whole' ? rest : rest.slice(0, pageSize);
		const last = page.at(-1);
		const follows = last !== undefined && rest.length > page.length;
		const next = !follows ? undefined : paging === 'cursor' ? placeOf(last) : String(number + 1);
		if (mark === undefined) {
			this.served.push({ what: 'begin', list, rev: this.revs, atMs: this.second() });
		}
		for (const record of page) this.served.push({ what: 'record', list, record });
		this.served.push({ what: 'page', list });
		if (next === undefined) this.served.push({ what: 'end', list });
		const serverTimeMs = tellsTime ? this.second() : undefined;
		const before = this.revs;
		this.between.shift()?.();
		if (this.revs !== before) this.changedWhileRead = true;
		return { records: page.map((person) => ({ ...person })), next, serverTimeMs };
	}
}

function byId({ id }: Person): string {
	return id;
}

function byChange({ updatedAt, id }: Person): string {
	return `${updatedAt} ${id}`;
}
