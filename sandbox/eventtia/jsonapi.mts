// Eventtia's documents: "mostly compliant with the JSON API v1.0 specification". One record, or a page of them.

import { z } from 'zod';

import { type Answer, type Headers, Refusal, type SentQuery, json } from '../shared/endpoint.mts';
import type { EventtiaState } from './state.mts';

/** "The default page size is 24"; a larger one is not documented to work, and is taken as this. */
const PAGE_SIZE = 24;
const COUNT = /^[1-9]\d*$/;

export interface Identifier {
	id: string;
	type: string;
}

/** What a record has to do with others; `data: []` or `null` when there are none. */
export type Relationships = Record<string, { data: Identifier | Identifier[] | null }>;

export interface Resource extends Identifier {
	attributes: Record<string, unknown>;
	relationships?: Relationships;
}

const count = z.string().regex(COUNT).optional();
/** `page[size]` and `page[number]`. */
export const pageQuery = { page: z.object({ size: count, number: count }).strict().optional() };
/** `include`, names joined by commas. */
export const includeQuery = { include: z.string().optional() };

/** What `one` and `list` need of a request. */
export interface Asked {
	state: EventtiaState;
	headers: Headers;
	path: string;
	sentQuery: SentQuery;
	query: {
		page?: { size?: string | undefined; number?: string | undefined } | undefined;
		include?: string | undefined;
	};
}

/** The related records that an endpoint can include, by documented name. */
export interface Including<Row> {
	includes?: Readonly<Record<string, (row: Row) => readonly Resource[]>>;
	/** The names that are included without asking. */
	always?: readonly string[];
}

/** How rows become a list. */
export interface Listing<Row> extends Including<Row> {
	/** Shows a row; `included` has the names that are included. */
	show(row: Row, included: ReadonlySet<string>): Resource;
	/** More `meta`; it is left out together with `total_pages`. */
	meta?: Record<string, unknown>;
	/** More `meta` that is there whatever the knob `totals` says. */
	ownMeta?: Record<string, unknown>;
	/** Default and largest page, where it is not 24. */
	pageSize?: number;
	/** Whether the document shows `meta` for this list at all; default true. */
	withMeta?: boolean;
}

/** Rows that can be paged without all of them being there. */
export interface Rows<Row> {
	length: number;
	slice(from: number, to: number): Row[];
}

/** The names in `include`. @throws Refusal for one that the endpoint's document does not name */
function includedNames<Row>({ query }: Asked, { includes, always = [] }: Including<Row>) {
	const names = query.include === undefined || query.include === '' ? [] : query.include.split(',');
	for (const name of names) {
		// Only what the endpoint's own document names.
		if (!Object.hasOwn(includes ?? {}, name)) throw new Refusal(`query: include: not ${name}`);
	}
	return new Set([...always, ...names]);
}

function related<Row>(
	rows: readonly Row[],
	names: ReadonlySet<string>,
	{ includes = {} }: Including<Row>,
): { included?: Resource[] } {
	if (names.size === 0) return {};
	const found = new Map<string, Resource>();
	for (const name of names) {
		for (const row of rows) {
			for (const one of includes[name]?.(row) ?? []) found.set(`${one.type} ${one.id}`, one);
		}
	}
	return { included: Array.from(found.values()) };
}

/** Answers with one record. @throws Refusal for an `include` that is not documented */
export function one<Row>(
	asked: Asked,
	row: Row,
	listing: Listing<Row>,
	{ status = 200 }: { status?: number } = {},
): Answer {
	const names = includedNames(asked, listing);
	return json(status, {
		data: listing.show(row, names),
		...related([row], names, listing),
		...(listing.meta ? { meta: listing.meta } : {}),
	});
}

/** Answers with a page of records. @throws Refusal for an `include` that is not documented */
export function list<Row>(asked: Asked, rows: Rows<Row>, listing: Listing<Row>): Answer {
	const { state, query, sentQuery, headers, path } = asked;
	const largest = listing.pageSize ?? PAGE_SIZE;
	const size = Math.min(Number(query.page?.size ?? largest), largest);
	const number = Number(query.page?.number ?? 1);
	const pages = Math.max(1, Math.ceil(rows.length / size));
	const shown = rows.slice((number - 1) * size, number * size);
	const names = includedNames(asked, listing);
	const link = (n: number) => {
		const pairs = new URLSearchParams();
		for (const [name, value] of Object.entries(sentQuery)) {
			if (!name.startsWith('page[')) for (const each of [value].flat()) pairs.append(name, each);
		}
		pairs.append('page[number]', String(n));
		pairs.append('page[size]', String(size));
		return `http://${String(headers['host'])}${path}?${pairs}`;
	};
	const withMeta = state.totals && listing.withMeta !== false;
	const meta = {
		...(withMeta ? { total_pages: pages, ...listing.meta } : {}),
		...listing.ownMeta,
	};
	return json(200, {
		data: shown.map((row) => listing.show(row, names)),
		...related(shown, names, listing),
		...(state.links
			? {
					links: {
						self: link(number),
						first: link(1),
						prev: number > 1 ? link(number - 1) : null,
						next: number < pages ? link(number + 1) : null,
						last: link(pages),
					},
				}
			: {}),
		...(Object.keys(meta).length > 0 ? { meta } : {}),
	});
}
