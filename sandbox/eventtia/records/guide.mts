// The visitor guide of an event (points of interest, Q&A sessions) and its params.

import { HOUR } from '../../shared/time.mts';
import type { EventtiaEvent } from '../event.mts';
import { wholeSeconds } from '../dates.mts';

const POIS: Array<[name: string, category: string, latitude: number, longitude: number]> = [
	['Hotel test', 'Hotel', 6.2457, -75.5822],
	['Airport', 'Transport', 6.1719, -75.4281],
];
const SEEDED_SESSIONS = 2;

/** The only param that can be changed: "the only params available for edition are the following". */
export const EDITABLE_PARAM = 'aux_json_data';

export interface PointOfInterest {
	id: string;
	name: string;
	description: string;
	category_name: string;
	latitude: number;
	longitude: number;
	updated_at: number;
}

/** A Q&A session. The document shows none: the shape is assumed. */
export interface QaSession {
	id: string;
	name: string;
	description: string;
	enabled: boolean;
	start_date: number;
	end_date: number;
	updated_at: number;
}

/** A param. The document shows none: the shape is assumed. */
export interface EventParam {
	id: string;
	name: string;
	value: unknown;
	updated_at: number;
}

/** Points of interest, Q&A sessions and params of one event. */
export class GuideStore {
	readonly pois = new Map<string, PointOfInterest>();
	readonly qaSessions = new Map<string, QaSession>();
	/** By name. */
	readonly params = new Map<string, EventParam>();

	constructor(private readonly event: EventtiaEvent) {
		if (event.seed.filled) this.seed();
	}

	/** Creates or replaces a param. */
	setParam(name: string, value: unknown): EventParam {
		const id = this.params.get(name)?.id ?? this.event.nextId();
		const param = { id, name, value, updated_at: wholeSeconds(this.event.now()) };
		this.params.set(name, param);
		return param;
	}

	/** Copies another event's points of interest, for its clone. */
	copyPois(source: GuideStore): void {
		for (const poi of source.pois.values()) {
			const id = this.event.nextId();
			this.pois.set(id, { ...poi, id });
		}
	}

	toJSON(): unknown {
		return {
			pois: Array.from(this.pois.values()),
			qaSessions: Array.from(this.qaSessions.values()),
			params: Array.from(this.params.values()),
		};
	}

	private seed(): void {
		const { event } = this;
		const { createdAt, facts } = event;
		for (const [name, category, latitude, longitude] of POIS) {
			const id = event.nextId();
			this.pois.set(id, {
				id,
				name,
				description: `${name} nearby here!`,
				category_name: category,
				latitude,
				longitude,
				updated_at: createdAt,
			});
		}
		for (let n = 1; n <= SEEDED_SESSIONS; n++) {
			const id = event.nextId();
			const start = facts.start + n * HOUR;
			this.qaSessions.set(id, {
				id,
				name: `Questions ${n}`,
				description: '',
				enabled: true,
				start_date: start,
				end_date: start + HOUR,
				updated_at: createdAt,
			});
		}
		// The document's own sample asks for a payment provider's key.
		this.setParam('pay_u_api_key', 'sandbox-pay-u-key').updated_at = createdAt;
		this.setParam(EDITABLE_PARAM, [{ attr: 'val', attr2: 'val2' }]).updated_at = createdAt;
	}
}
