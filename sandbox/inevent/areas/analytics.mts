// Analytics: the rows of a dataset.

import { z } from 'zod';

import { type Endpoint, json } from '../../shared/endpoint.mts';
import { type InEventApi, toPage, pageQuery, readTime } from '../api.mts';
import { invalid } from '../failure.mts';
import type { InEventState } from '../state.mts';

const SCHEMA_VERSION = '2026-01';
const string = z.string().optional();

/** The endpoint of analytics. */
export const analyticsEndpoints = (api: InEventApi): Array<Endpoint<InEventState>> => [
	api.ofEvent({
		method: 'GET',
		path: '/analytics',
		scope: 'read:analytics',
		query: { ...pageQuery, dataset: string, from: string, to: string },
		body: {},
		respond({ state, query }, event) {
			const { dataset } = query;
			if (!dataset) throw invalid([{ field: 'dataset', issue: 'required' }]);
			const all = event.datasets.get(dataset);
			if (!all) throw invalid([{ field: 'dataset', issue: 'not_found' }]);
			const [from, to] = [readTime('from', query.from), readTime('to', query.to)];
			const rows = all.filter(({ timestamp }) => {
				const at = Date.parse(timestamp);
				return (from === undefined || at >= from) && (to === undefined || at <= to);
			});
			return json(200, {
				dataset,
				...toPage(state, rows, query, false),
				schema_version: SCHEMA_VERSION,
			});
		},
	}),
];
