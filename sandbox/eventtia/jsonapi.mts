// Eventtia's documents: "mostly compliant with the JSON API v1.0 specification". One record, or a page of them.

import { z } from 'zod';

import {
	type HttpResponse,
	type Headers,
	Refusal,
	type RawQuery,
	json,
} from '../shared/endpoint.mts';
import type { EventtiaState } from './state.mts';

/** "The default page size is 24". The document describes no larger page, so a larger size gives 24. */
const PAGE_SIZE = 24;
const COUNT = /^[1-9]\d*$/;

export interface Identifier {
	id: string;
	type: string;
}

/** A record's relationships; `data: []` or `null` when there are none. */
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

/** What `one` and `list` need from a request. */
export interface ResourceRequest {
	state: EventtiaState;
	headers: Headers;
	path: string;
	rawQuery: RawQuery;
	query: {
		page?: { size?: string | undefined; number?: string | undefined } | undefined;
		include?: string | undefined;
	};
}

/** The related records that an endpoint can include, by documented name. */
export interface Inclusions<Row> {
	includes?: Readonly<Record<string, (row: Row) => readonly Resource[]>>;
	/** The names that are included by default. */
	alwaysIncluded?: readonly string[];
}

/** How rows become a list. */
export interface Serializer<Row> extends Inclusions<Row> {
	/** Shows a row; `included` holds the included names. */
	serialize(row: Row, included: ReadonlySet<string>): Resource;
	/** Extra `meta`; left out together with `total_pages`. */
	meta?: Record<string, unknown>;
	/** Extra `meta` that is always sent, whatever the knob `totals` says. */
	fixedMeta?: Record<string, unknown>;
	/** Default and maximum page size, if not 24. */
	pageSize?: number;
	/** Whether the document shows `meta` for this list at all; default true. */
	withMeta?: boolean;
}

/** Rows that can be paged without creating all of them. */
export interface Rows<Row> {
	length: number;
	slice(from: number, to: number): Row[];
}

/** The names in `include`. @throws Refusal for one that the endpoint's document does not name */
function readInclude<Row>(
	{ query }: ResourceRequest,
	{ includes, alwaysIncluded = [] }: Inclusions<Row>,
) {
	const names = query.include === undefined || query.include === '' ? [] : query.include.split(',');
	for (const name of names) {
		// Only the names in the endpoint's own documentation.
		if (!Object.hasOwn(includes ?? {}, name)) throw new Refusal(`query: include: not ${name}`);
	}
	return new Set([...alwaysIncluded, ...names]);
}

function includedResources<Row>(
	rows: readonly Row[],
	names: ReadonlySet<string>,
	{ includes = {} }: Inclusions<Row>,
): { included?: Resource[] } {
	if (names.size === 0) return {};
	const resources = new Map<string, Resource>();
	for (const name of names) {
		for (const row of rows) {
			for (const respondWithOne of includes[name]?.(row) ?? [])
				resources.set(`${respondWithOne.type} ${respondWithOne.id}`, respondWithOne);
		}
	}
	return { included: Array.from(resources.values()) };
}

/** Responds with one record. @throws Refusal for an `include` that is not documented */
export function respondWithOne<Row>(
	request: ResourceRequest,
	row: Row,
	serializer: Serializer<Row>,
	{ status = 200 }: { status?: number } = {},
): HttpResponse {
	const names = readInclude(request, serializer);
	return json(status, {
		data: serializer.serialize(row, names),
		...includedResources([row], names, serializer),
		...(serializer.meta ? { meta: serializer.meta } : {}),
	});
}

/** Responds with a page of records. @throws Refusal for an `include` that is not documented */
export function respondWithList<Row>(
	request: ResourceRequest,
	rows: Rows<Row>,
	serializer: Serializer<Row>,
): HttpResponse {
	const { state, query, rawQuery, headers, path } = request;
	const maxSize = serializer.pageSize ?? PAGE_SIZE;
	const size = Math.min(Number(query.page?.size ?? maxSize), maxSize);
	const number = Number(query.page?.number ?? 1);
	const pages = Math.max(1, Math.ceil(rows.length / size));
	const pageRows = rows.slice((number - 1) * size, number * size);
	const names = readInclude(request, serializer);
	const link = (n: number) => {
		const pairs = new URLSearchParams();
		for (const [name, value] of Object.entries(rawQuery)) {
			if (!name.startsWith('page[')) for (const each of [value].flat()) pairs.append(name, each);
		}
		pairs.append('page[number]', String(n));
		pairs.append('page[size]', String(size));
		return `http://${String(headers['host'])}${path}?${pairs}`;
	};
	const hasMeta = state.totals && serializer.withMeta !== false;
	const meta = {
		...(hasMeta ? { total_pages: pages, ...serializer.meta } : {}),
		...serializer.fixedMeta,
	};
	return json(200, {
		data: pageRows.map((row) => serializer.serialize(row, names)),
		...includedResources(pageRows, names, serializer),
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
