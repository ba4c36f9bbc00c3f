/**
 * The options that every operation of every action node has: how many items at a time, and how
 * long to wait.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { Limits } from '../http/types';
import { integer } from './validators';

const MS_PER_SECOND = 1000;
const MAX_CONCURRENCY = 100;
/** n8n's own default is 300 s (n8n-core), too long for a door. */
const DEFAULT_TIMEOUT_SECONDS = 30;
const MAX_TIMEOUT_SECONDS = 600;
const DEFAULT_MAX_WAIT_SECONDS = 300;
const MAX_WAIT_SECONDS = 3600;

/** The name and the defaults of a vendor. */
export interface RunDefaults {
	name: string;
	/** How many items run at a time. */
	defaultConcurrency: number;
	defaultMaxWaitSeconds?: number;
}

/** The entries of *Options* for concurrency and waiting, with the vendor's defaults. */
export function runOptions(vendor: RunDefaults): INodeProperties[] {
	const { defaultConcurrency, defaultMaxWaitSeconds = DEFAULT_MAX_WAIT_SECONDS } = vendor;
	return [
		{
			displayName: 'Concurrency',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY },
			default: defaultConcurrency,
			description:
				'How many items are worked on at the same time. 1 works strictly one after the other.',
		},
		{
			displayName: 'Max Wait (Seconds)',
			name: 'maxWait',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: MAX_WAIT_SECONDS },
			default: defaultMaxWaitSeconds,
			description: `How long one request may wait in all when ${vendor.name} is busy or asks to come back later. A longer wait ends with a message that says when to come back.`,
		},
		{
			displayName: 'Timeout (Seconds)',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_TIMEOUT_SECONDS },
			default: DEFAULT_TIMEOUT_SECONDS,
			description: 'How long to wait for the answer to one request',
		},
	];
}

/** Validators for the entries of {@link runOptions}. */
export const runOptionValidators = {
	concurrency: integer(1, MAX_CONCURRENCY),
	maxWait: integer(0, MAX_WAIT_SECONDS),
	timeout: integer(1, MAX_TIMEOUT_SECONDS),
};

/** @returns the limits that the person chose in seconds, or the defaults, in milliseconds */
export function toLimits(
	vendor: RunDefaults,
	options: { maxWait?: number; timeout?: number },
): Limits {
	const maxWait = options.maxWait ?? vendor.defaultMaxWaitSeconds ?? DEFAULT_MAX_WAIT_SECONDS;
	return {
		timeoutMs: (options.timeout ?? DEFAULT_TIMEOUT_SECONDS) * MS_PER_SECOND,
		maxWaitMs: maxWait * MS_PER_SECOND,
	};
}
