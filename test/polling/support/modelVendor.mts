// A minimal vendor: people who register, change, check in, cancel and are deleted, and paged lists of them that change
// while they are read. Knows nothing of the trigger, and logs its responses for the oracle.
import type { IDataObject } from 'n8n-workflow';
import { CallError } from '../../../nodes/shared/errors.ts';
import type { Page } from '../../../nodes/shared/http/pages.ts';
import type { ReadPages } from '../../../nodes/shared/polling/types.ts';
import { SECOND } from '../../../nodes/shared/time.ts';

const FAILURE_KINDS = 3;

/** A person on the list. Times are Unix ms, in whole seconds, as vendors write them. */
export interface Person extends IDataObject {
	id: string;
	name: string;
	status: string;
	checkedIn: boolean;
	createdAt: number;
	updatedAt: number;
	deleted: boolean;
	/** Counts all changes at this vendor. No real vendor has this, and the trigger ignores it. */
	revision: number;
}

/** How the vendor's API behaves. */
export interface VendorBehavior {
	/** By page number (pages shift while the list changes), after a record, or all in one response. */
	paging: 'number' | 'cursor' | 'whole';
	pageSize: number;
	newestFirst: boolean;
	/** Whether the list of changes includes a change at the requested time. */
	inclusive: boolean;
	/** Whether the list of changes includes deleted people. */
	tombstones: boolean;
	/** Whether a check-in and its undo set `updatedAt`. */
	checkInChangesUpdatedAt: boolean;
	/** Whether responses contain the vendor's time. */
	sendsServerTime: boolean;
}

/** What the vendor sent, in order. */
export type LogEntry =
	| { kind: 'begin'; list: 'all' | 'changes'; revision: number; atMs: number }
	| { kind: 'record'; list: 'all' | 'changes'; record: Person }
	| { kind: 'page'; list: 'all' | 'changes' }
	| { kind: 'end'; list: 'all' | 'changes' };

/** How a page fails: too many requests, a broken gateway, an expired session. */
function toError(kind: number): CallError {
	switch (kind % FAILURE_KINDS) {
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
	/** The vendor's clock, Unix ms. */
	nowMs = 1_800_000_000_123;

	readonly alive = new Map<string, Person>();

	readonly deletedPeople = new Map<string, Person>();

	/** The revision since which each record has existed without a gap. */
	readonly aliveSince = new Map<string, number>();

	log: LogEntry[] = [];

	/** Pages requested since the poll started. */
	pagesRead = 0;

	/** How long each response takes, ms. */
	latencyMs = 0;

	/** Changes that happen after a page was sent, one per page. */
	betweenPages: Array<() => void> = [];

	/** Whether something changed between two pages of one scan. */
	changedDuringScan = false;

	/** Which page of the poll fails, and how. */
	plannedFailure: { page: number; kind: number } | undefined;

	/** A page failed in this poll. A rate limit after the first page only ends the scan early. */
	failure: { afterFirstPage: boolean } | undefined;

	private lastRevision = 0;

	private ids = 0;

	constructor(readonly behavior: VendorBehavior) {}

	get revision(): number {
		return this.lastRevision;
	}

	create(id = `p${String((this.ids += 1)).padStart(4, '0')}`): Person {
		const at = this.wholeSecond();
		const person: Person = {
			id,
			name: `name ${this.lastRevision + 1}`,
			status: 'registered',
			checkedIn: false,
			createdAt: at,
			updatedAt: at,
			deleted: false,
			revision: (this.lastRevision += 1),
		};
		this.deletedPeople.delete(id);
		this.alive.set(id, person);
		this.aliveSince.set(id, person.revision);
		return person;
	}

	/** @param lateMs how far before now the change is dated */
	change(person: Person, change: Partial<Person>, lateMs = 0, setsUpdatedAt = true): void {
		const updatedAt = setsUpdatedAt
			? Math.max(person.updatedAt, this.wholeSecond(this.nowMs - lateMs))
			: person.updatedAt;
		this.alive.set(person.id, {
			...person,
			...change,
			updatedAt,
			revision: (this.lastRevision += 1),
		});
	}

	remove(person: Person): void {
		this.alive.delete(person.id);
		this.aliveSince.delete(person.id);
		this.deletedPeople.set(person.id, {
			...person,
			deleted: true,
			updatedAt: this.wholeSecond(),
			revision: (this.lastRevision += 1),
		});
	}

	beginPoll(): void {
		this.log = [];
		this.failure = undefined;
		this.pagesRead = 0;
	}

	readonly all: ReadPages<Person> = async (pageToken) =>
		this.readPage('all', pageToken, this.ordered(), idKey);

	changes(sinceMs: number): ReadPages<Person> {
		return async (pageToken) => {
			const { inclusive, tombstones } = this.behavior;
			const since = this.wholeSecond(sinceMs);
			const people = [...this.alive.values(), ...(tombstones ? this.deletedPeople.values() : [])];
			const changed = people
				.filter(({ updatedAt }) => (inclusive ? updatedAt >= since : updatedAt > since))
				.sort((a, b) => (changeKey(a) < changeKey(b) ? -1 : 1));
			return this.readPage('changes', pageToken, changed, changeKey);
		};
	}

	private wholeSecond(ms = this.nowMs): number {
		return Math.floor(ms / SECOND) * SECOND;
	}

	private ordered(): Person[] {
		const people = [...this.alive.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
		return this.behavior.newestFirst ? people.reverse() : people;
	}

	private readPage(
		list: 'all' | 'changes',
		pageToken: string | undefined,
		people: Person[],
		keyOf: (person: Person) => string,
	): Page<Person> {
		this.pagesRead += 1;
		this.nowMs += this.latencyMs;
		if (this.plannedFailure?.page === this.pagesRead) {
			const { kind } = this.plannedFailure;
			this.plannedFailure = undefined;
			this.failure = { afterFirstPage: this.pagesRead > 1 && kind % FAILURE_KINDS === 0 };
			throw toError(kind);
		}
		const { paging, pageSize, newestFirst, sendsServerTime } = this.behavior;
		const number = paging === 'number' ? Number(pageToken ?? 1) : 1;
		const isAfter = (key: string) =>
			newestFirst && list === 'all' ? key < (pageToken ?? '') : key > (pageToken ?? '');
		const rest =
			paging === 'cursor' && pageToken !== undefined
				? people.filter((person) => isAfter(keyOf(person)))
				: people.slice((number - 1) * pageSize);
		const page = paging === 'whole' ? rest : rest.slice(0, pageSize);
		const last = page.at(-1);
		const hasNext = last !== undefined && rest.length > page.length;
		const next = !hasNext ? undefined : paging === 'cursor' ? keyOf(last) : String(number + 1);
		if (pageToken === undefined) {
			this.log.push({ kind: 'begin', list, revision: this.lastRevision, atMs: this.wholeSecond() });
		}
		for (const record of page) this.log.push({ kind: 'record', list, record });
		this.log.push({ kind: 'page', list });
		if (next === undefined) this.log.push({ kind: 'end', list });
		const serverTimeMs = sendsServerTime ? this.wholeSecond() : undefined;
		const before = this.lastRevision;
		this.betweenPages.shift()?.();
		if (this.lastRevision !== before) this.changedDuringScan = true;
		return { records: page.map((person) => ({ ...person })), next, serverTimeMs };
	}
}

function idKey({ id }: Person): string {
	return id;
}

function changeKey({ updatedAt, id }: Person): string {
	return `${updatedAt} ${id}`;
}
