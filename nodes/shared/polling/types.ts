/**
 * The parts of a polling trigger: a vendor's streams of records, and the events of each stream.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../fields/parameters';
import type { Vendor } from '../action/types';
import type { Page } from '../http/pages';

/** A field of a record that is compared from poll to poll. */
export interface WatchedField {
	/** Its key in the result of {@link Stream.observe}. */
	name: string;
	/**
	 * `value`: a field with few distinct values and no personal data (a status, a tier). The value is
	 * stored, so that an item can show the previous one. `hash`: any other field. Only a hash is
	 * stored, which is enough to notice a change.
	 */
	keep: 'value' | 'hash';
}

/** An event that users can choose under *Trigger On*. */
export interface StreamEvent {
	/** e.g. `guestCheckedIn`; also `_event` of its items. */
	value: string;
	/** e.g. "Guest Checked In". */
	name: string;
	rule: EventRule;
}

export type EventRule =
	| { kind: 'created' }
	| { kind: 'updated' }
	| { kind: 'deleted' }
	/**
	 * A watched field with `keep: 'value'` changed from one state to another. For a new record `from`
	 * is called with undefined.
	 */
	| {
			kind: 'became';
			field: string;
			from: (was: unknown) => boolean;
			to: (now: unknown) => boolean;
	  };

/** Which existing records a new trigger emits. */
export type StartFrom = { kind: 'now' } | { kind: 'everything' } | { kind: 'date'; ms: number };

/** Reads the page with this token; the first page without one. */
export type ReadPages<R> = (pageToken: string | undefined) => Promise<Page<R>>;

/** How a stream is read with the parameters of one node. */
export interface Source<R> {
	/** All records, in any order that does not depend on what changes. */
	all: ReadPages<R>;
	/** Records that changed since a time of the server's clock (Unix ms); older ones may be included. */
	changes?: (sinceMs: number) => ReadPages<R>;
	/** Overrides the look-back of the stream, in minutes. */
	lookBackMinutes?: number | undefined;
	/** Recent records for a manual test; the first page of `all` where it is left out. */
	sample?: () => Promise<R[]>;
	/** The output of records, one object each, raw or simplified. */
	shape(records: R[]): Promise<IDataObject[]>;
}

/** A kind of record that a trigger can watch at a vendor. */
export interface Stream<Client, R extends IDataObject = IDataObject> {
	/** e.g. `guest`. */
	value: string;
	/** One record in messages: "guest". */
	record: string;
	events: readonly StreamEvent[];
	watched: readonly WatchedField[];
	/** The watched fields of a record, under the names of the simplified output. */
	observe(record: R): IDataObject;
	/** The permanent ID of a record. */
	idOf(record: R): string;
	/** The vendor's version of a record, e.g. `updated_at`. A new version counts as a change. */
	versionOf?(record: R): unknown;
	/** When the record last changed, Unix ms. Items are sorted by it, oldest first. */
	changedAtMs?(record: R): number | undefined;
	/** When the record was created, Unix ms. */
	createdAtMs?(record: R): number | undefined;
	/** Whether the record is a tombstone. */
	isDeleted?(record: R): boolean;
	/**
	 * What moves the cursor of the list of changes: the server's time of the response, or the newest
	 * change in it.
	 */
	cursorFrom?: 'serverTime' | 'newestChange';
	/** Default of *Look-Back*: how many minutes before the cursor each change scan starts. */
	lookBackMinutes?: number;
	/** Minutes between full scans of a stream with a list of changes. Other streams have one per poll. */
	fullEveryMinutes?: number;
	/**
	 * A record must be missing from two full scans in a row: pages that shift during a scan can hide a
	 * record from one of them.
	 */
	confirmDeletions?: boolean;
	/** A log: old records leave the list without being deleted. */
	appendOnly?: boolean;
	/** The item of a record that is missing from the list; by default it holds only the `id`. */
	deletedItem?(id: string): IDataObject;
	/** Prepares reading. @throws InputError if the scope is not chosen */
	open(client: Client, parameters: Parameters): Source<R>;
}

/** A stream without access to the vendor: what its records are and how they are compared. */
export type RecordRules<R extends IDataObject> = Omit<Stream<unknown, R>, 'open'>;

/** One vendor's polling trigger. */
export interface PollingVendor<Client> {
	vendor: Vendor<Client>;
	streams: ReadonlyArray<Stream<Client>>;
	/** Fields that choose which records are watched: event, status, tags, … */
	scope: readonly INodeProperties[];
	/** Entries of *Options* that change which records are watched, or how. */
	options?: readonly INodeProperties[];
	/** Entries of *Options* that only change how items look. */
	outputOptions?: readonly INodeProperties[];
}
