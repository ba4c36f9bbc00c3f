/**
 * What a polling trigger is made of: streams of records, and the events that each can tell.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../fields/parameters';
import type { Vendor } from '../action/types';

/** A part of a record that is watched for changes. */
export interface WatchedField {
	/** Its name in what {@link Stream.observe} gives. */
	name: string;
	/**
	 * `value`: few words, none of them about a person (a status, a tier): kept readable, so that an
	 * item can say what it was. `hash`: anything else: only whether it changed is known.
	 */
	keep: 'value' | 'hash';
}

/** An event that a person can choose under *Trigger On*. */
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
	 * A watched field with `keep: 'value'` went from one state to another. A record that is new comes
	 * from nowhere: `from` is asked with undefined.
	 */
	| {
			kind: 'became';
			field: string;
			from: (was: unknown) => boolean;
			to: (now: unknown) => boolean;
	  };

/** One page of a reading. */
export interface ReadPage<R> {
	records: R[];
	/** Where the next page is; undefined on the last one. */
	next: string | undefined;
	/** The vendor's clock when it answered, Unix ms, where it says. */
	serverTimeMs?: number | undefined;
	/** Nothing says whether there is a next page: if the same comes again, this one was the last. */
	mayRepeat?: boolean;
}

/** Reads one page from a mark on; from the beginning where there is none. */
export type ReadPages<R> = (pageToken: string | undefined) => Promise<ReadPage<R>>;

/** How a stream is read with the parameters of one node. */
export interface Source<R> {
	/** Every record there is, in any order that does not depend on what changes. */
	all: ReadPages<R>;
	/** Records that changed since a moment of the vendor's clock (Unix ms), or earlier. */
	changes?: (sinceMs: number) => ReadPages<R>;
	/** Another look-back than the stream's own, in minutes. */
	lookBackMinutes?: number | undefined;
	/** A page of recent records, for a test by hand. */
	sample?: () => Promise<R[]>;
	/** What comes out of records: raw or simplified. */
	shape(records: R[]): Promise<IDataObject[]>;
}

/** What can be watched at a vendor. */
export interface Stream<Client, R extends IDataObject = IDataObject> {
	/** e.g. `guest`. */
	value: string;
	/** One record, as a person calls it: "guest". */
	record: string;
	events: readonly StreamEvent[];
	watched: readonly WatchedField[];
	/** The record with the names of simplified records, as far as they are watched. */
	observe(record: R): IDataObject;
	/** What tells records apart for ever. */
	idOf(record: R): string;
	/** The vendor's own mark of a version, e.g. `updated_at`; part of what is compared. */
	versionOf?(record: R): unknown;
	/** When the record last changed, Unix ms; items come oldest first. */
	changedAtMs?(record: R): number | undefined;
	/** When the record was made, Unix ms. */
	createdAtMs?(record: R): number | undefined;
	/** Whether the record is a tombstone. */
	isDeleted?(record: R): boolean;
	/**
	 * How a list of changes moves on: by the vendor's clock when it answered, or by the newest change
	 * that was seen.
	 */
	cursorFrom?: 'serverTime' | 'newestChange';
	/** Minutes that a reading of changes looks back by default. */
	lookBackMinutes?: number;
	/** Minutes between complete readings beside a list of changes; undefined: every poll is one. */
	fullEveryMinutes?: number;
	/** Missing from one complete reading may be a shift of its pages; missing from two is not. */
	confirmDeletions?: boolean;
	/** Old records leave the list by themselves, and that says nothing: a log. */
	appendOnly?: boolean;
	/** What is said of a record that is gone; its id unless more is known. */
	deletedItem?(id: string): IDataObject;
	/** How the stream is read. @throws InputError if the scope is not chosen */
	open(client: Client, parameters: Parameters): Source<R>;
}

/** One vendor's polling trigger. */
export interface PollingVendor<Client> {
	vendor: Vendor<Client>;
	streams: ReadonlyArray<Stream<Client>>;
	/** Where to look: event, status, tags, … */
	scope: readonly INodeProperties[];
	/** Entries of *Options* that decide what is watched, or how. */
	options?: readonly INodeProperties[];
	/** Entries of *Options* that only decide how items look. */
	outputOptions?: readonly INodeProperties[];
}
