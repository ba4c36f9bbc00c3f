/** The failures that every vendor has, and what must come of each, by how safe a request is to send twice. Pure. */
import { expect } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import type { Safety } from '../../../nodes/shared/http/types.ts';
import type { FaultOrder } from '../../../sandbox/start.mts';
import type { AcceptedBody, TestFailures } from '../../vendors/defineVendor.mts';

type Action = FaultOrder['do'];

/** What a call does while nothing fails. */
export interface GoodRun {
	/** Requests to its own address: the pages of a list, for example. */
	sent: number;
	/** The status of the response that will fail. */
	status: number;
	logIns: number;
}

/** An error as a person reads it: its first line, and what n8n is told. */
export interface SeenError {
	message: unknown;
	httpCode: number | undefined;
	cause: string | undefined;
	/** Whether it says that the change may have been made. */
	isAmbiguous: boolean;
}

/** What expectations depend on. */
export interface Situation {
	safety: Safety;
	good: GoodRun;
	/** The vendor, as messages call it. */
	name: string;
	failures: TestFailures;
	accepts: AcceptedBody | undefined;
	/** A secret of the credential. */
	secret: string;
	/** An address that no request may reach. */
	elsewhere: string;
}

/** One item: what its requests to the own address of the call meet, in this order, and what must come of it. */
export interface PlayedItem {
	meets: readonly Action[];
	/** `done`: as if nothing had failed, after more requests. `accepted`: what it met counts as a good response. */
	outcome: 'done' | 'accepted' | SeenError;
}

/** One run of a call. Its items are run one after the other, and those that fail do not stop the others. */
export interface Scenario {
	title: string;
	items(situation: Situation): PlayedItem[];
	/** The only item stops the run. */
	stops?: true;
	/** Only for the first call of each method and safety, of all calls or of those that read: the others go the same way. */
	sampled?: 'all' | 'reads';
	options?: IDataObject;
	/** Log-ins besides those of a good run. */
	logIns?(situation: Situation): number;
	/** How much time passes, at the least, where the item is done, ms. */
	waitsMs?: number;
}

const MAX_ATTEMPTS = 6;
const MAX_ATTEMPTS_UNREADABLE = 3;
const SECOND = 1_000;
const WORDS = 'The words of the vendor';
const LATER = 'temporarily-unavailable';
/** Longer than Max Wait below. */
const LONG_WAIT_SECONDS = 25;
const MAX_WAIT_SECONDS = 5;
const FINAL_STATUSES = [400, 403, 404, 500];
const RARE_STATUSES = [409, 418, 422, 501];
const REDIRECTS = [301, 302, 303, 307, 308];
const CLOCK_TIME = '(\\S+ )?\\d\\d:\\d\\d:\\d\\d UTC';

const isRepeatable = ({ safety }: Situation) => safety === 'safe' || safety === 'idempotent';
const matching = (words: string): unknown =>
	expect.stringMatching(new RegExp(`^${words} \\[item \\d+\\]$`));
const times = (count: number, action: Action) => Array.from({ length: count }, () => action);

interface ExpectedFailure {
	message: unknown;
	httpCode?: number;
	cause?: string | undefined;
	/** The response was lost, so that a change may have been made. */
	isLost?: boolean;
}

function failed(
	{ safety }: Situation,
	meets: readonly Action[],
	{ message, httpCode, cause, isLost = false }: ExpectedFailure,
): PlayedItem {
	return {
		meets,
		outcome: { message, httpCode, cause, isAmbiguous: isLost && safety !== 'safe' },
	};
}

const words = ({ failures }: Situation, status: number): Action => ({
	kind: 'status',
	status,
	body: failures.body(WORDS),
});

function finalStatus(situation: Situation, status: number): PlayedItem {
	const isServerError = status >= 500;
	const isReadAgain =
		status === 500 && situation.safety === 'safe' && !situation.failures.wordsAreFinal;
	return failed(situation, times(isReadAgain ? MAX_ATTEMPTS : 1, words(situation, status)), {
		message: WORDS,
		httpCode: status,
		cause: isServerError ? LATER : situation.failures.causes[status],
		isLost: isServerError,
	});
}

function redirected(situation: Situation, status: number): PlayedItem {
	const headers = { location: situation.elsewhere };
	return failed(situation, [{ kind: 'status', status, body: '', headers }], {
		message: `${situation.name} sent the request to another address`,
		httpCode: status,
		cause: 'configuration-invalid',
	});
}

function broken(situation: Situation, meets: readonly Action[], reason: string): PlayedItem {
	const tries = meets.length === 1 ? '' : ` (${meets.length} tries)`;
	return failed(situation, meets, {
		message: `${situation.name} could not be reached: ${reason}${tries}`,
		cause: LATER,
		isLost: true,
	});
}

function lostAtGateway(situation: Situation, action: Action, httpCode: number): PlayedItem {
	return failed(situation, [action], {
		message: expect.any(String),
		httpCode,
		cause: LATER,
		isLost: true,
	});
}

/** A good response that cannot be read, each time. */
function unreadable(
	situation: Situation,
	action: Action,
	came: string,
	httpCode: number,
): PlayedItem {
	const { accepts } = situation;
	const isAccepted =
		(action.kind === 'empty' && accepts !== undefined) ||
		(action.kind === 'truncated' && accepts === 'anything');
	if (isAccepted) return { meets: [action], outcome: 'accepted' };
	const isReadAgain = situation.safety === 'safe' && accepts !== 'anything';
	return failed(situation, times(isReadAgain ? MAX_ATTEMPTS_UNREADABLE : 1, action), {
		message: matching(`${situation.name} answered with ${came} instead of .+`),
		httpCode,
		isLost: true,
	});
}

const LOST_BEFORE: ReadonlyArray<[Action, number?]> = [
	[{ kind: 'status', status: 502, body: '' }, 502],
	[{ kind: 'status', status: 503, body: '' }, 503],
	[{ kind: 'reset' }],
];
const LOST_AFTER: ReadonlyArray<[Action, number?]> = [
	[{ kind: 'truncated', variant: 'connection' }],
	[{ kind: 'statusAfterEffect', status: 504, body: '' }, 504],
	[{ kind: 'resetAfterEffect' }],
];
const BROKEN = 'the connection broke';

/** Every response is lost in another way: those that may happen twice are sent again until one comes. */
function lostResponses(ways: ReadonlyArray<[Action, number?]>) {
	return (situation: Situation): PlayedItem[] =>
		isRepeatable(situation)
			? [{ meets: ways.map(([action]) => action), outcome: 'done' }]
			: ways.map(([action, status]) =>
					status === undefined
						? broken(situation, [action], BROKEN)
						: lostAtGateway(situation, action, status),
				);
}

/** The vendor asks to wait for longer than the person allows. */
function waitTooLong(status: number, cause: string, message: (name: string) => string) {
	return (situation: Situation): PlayedItem[] => {
		const headers = { 'retry-after': String(LONG_WAIT_SECONDS) };
		return [
			failed(situation, [{ ...words(situation, status), kind: 'status', status, headers }], {
				message: situation.safety === 'never' ? WORDS : matching(message(situation.name)),
				httpCode: status,
				cause,
			}),
		];
	};
}

function refused(situation: Situation, attempts: number): PlayedItem {
	const { expired, body, causes } = situation.failures;
	const action = { kind: 'status', status: 401, body: expired ?? body(WORDS) } as const;
	return failed(situation, times(attempts, action), {
		message: expect.any(String),
		httpCode: 401,
		cause: causes[401],
	});
}

/** How often a request is sent that always meets a 503 in the vendor's words. */
function attemptsWithWords(situation: Situation): number {
	return isRepeatable(situation) && !situation.failures.wordsAreFinal ? MAX_ATTEMPTS : 1;
}

const hasSessions = ({ failures }: Situation) => failures.expired !== undefined;

export const SCENARIOS: readonly Scenario[] = [
	{
		title:
			'final statuses are shown in the vendor’s words, item by item; only a read is sent again after a 500',
		items: (situation) => [
			...FINAL_STATUSES.map((status) => finalStatus(situation, status)),
			{ meets: [], outcome: 'done' },
		],
	},
	{
		title: 'rare statuses, HTML pages and echoed secrets are named, not quoted',
		sampled: 'all',
		items: (situation) => [
			...RARE_STATUSES.map((status) => finalStatus(situation, status)),
			failed(situation, [{ kind: 'html', status: 418 }], {
				message: matching(`${situation.name} answered with .*an HTML page.*`),
				httpCode: 418,
			}),
			failed(
				situation,
				[{ kind: 'status', status: 400, body: situation.failures.body(`No ${situation.secret}!`) }],
				{ message: 'No [secret]!', httpCode: 400 },
			),
		],
	},
	{
		title: 'redirects are not followed, whatever their status',
		sampled: 'all',
		items: (situation) => REDIRECTS.map((status) => redirected(situation, status)),
	},
	{
		title: 'an HTML page as a good response is named; reads are sent again',
		items: (situation) => [
			unreadable(situation, { kind: 'html', status: 200 }, 'an HTML page', 200),
		],
	},
	{
		title: 'an empty body is named where a record is due; reads are sent again',
		sampled: 'reads',
		items: (situation) => [unreadable(situation, { kind: 'empty' }, 'an empty body', 200)],
	},
	{
		title: 'half a response is named; reads are sent again',
		sampled: 'all',
		items: (situation) => [
			unreadable(situation, { kind: 'truncated' }, '.+', situation.good.status),
		],
	},
	{
		title: 'a read that cannot be read twice is done the third time',
		sampled: 'all',
		items: ({ safety, accepts }) =>
			safety === 'safe' && accepts === undefined
				? [{ meets: [{ kind: 'html', status: 200 }, { kind: 'truncated' }], outcome: 'done' }]
				: [{ meets: [], outcome: 'done' }],
	},
	{
		title: 'JSON of another shape is named and not sent again',
		items: (situation) => {
			const action = { kind: 'wrongJson' } as const;
			if (situation.accepts !== undefined) return [{ meets: [action], outcome: 'accepted' }];
			return [
				failed(situation, [action], {
					message: matching(
						`${situation.name} answered with a JSON object with "unexpected" instead of .+`,
					),
					httpCode: 200,
					isLost: true,
				}),
			];
		},
	},
	{
		title:
			'responses that are lost before the change are asked for again, unless it could happen twice',
		items: lostResponses(LOST_BEFORE),
	},
	{
		title:
			'responses that are lost after the change are asked for again, unless it could happen twice',
		sampled: 'reads',
		items: lostResponses(LOST_AFTER),
	},
	{
		title: 'HTTP 503 that stays stops the run in the vendor’s words',
		sampled: 'all',
		stops: true,
		items: (situation) => [
			failed(situation, times(attemptsWithWords(situation), words(situation, 503)), {
				message: WORDS,
				httpCode: 503,
				cause: LATER,
				isLost: true,
			}),
		],
	},
	{
		title: 'a connection that always breaks stops the run and says how often it was tried',
		sampled: 'all',
		stops: true,
		items: (situation) => [
			broken(
				situation,
				times(isRepeatable(situation) ? MAX_ATTEMPTS : 1, { kind: 'reset' }),
				BROKEN,
			),
		],
	},
	{
		title: 'HTTP 429, and 503 with Retry-After, are waited out, by writes too',
		waitsMs: 9 * SECOND,
		items: (situation) => {
			const waits: Action[] = [
				{ kind: 'rateLimit', retryAfterSeconds: 3 },
				{ kind: 'rateLimit', retryAfterSeconds: 2, form: 'date' },
				{ kind: 'rateLimit', retryAfterSeconds: null },
				{ kind: 'status', status: 503, body: '', headers: { 'retry-after': '4' } },
			];
			if (situation.safety !== 'never') return [{ meets: waits, outcome: 'done' }];
			return [
				failed(situation, waits.slice(0, 1), {
					message: expect.any(String),
					httpCode: 429,
					cause: 'rate-limited',
				}),
			];
		},
	},
	{
		title: 'HTTP 429 beyond Max Wait stops the run with the time to come back',
		sampled: 'all',
		stops: true,
		options: { maxWait: MAX_WAIT_SECONDS },
		items: waitTooLong(
			429,
			'rate-limited',
			(name) => `${name} allows no more requests until ${CLOCK_TIME}`,
		),
	},
	{
		title: 'HTTP 503 beyond Max Wait stops the run with the time to come back',
		sampled: 'all',
		stops: true,
		options: { maxWait: MAX_WAIT_SECONDS },
		items: waitTooLong(
			503,
			LATER,
			(name) => `${name} is not available and asks to come back at ${CLOCK_TIME}`,
		),
	},
	{
		title: 'a session that has ended is opened again, once; without sessions a 401 is an error',
		logIns: (situation) => (hasSessions(situation) ? 1 : 0),
		items: (situation) =>
			hasSessions(situation)
				? [{ meets: refused(situation, 1).meets, outcome: 'done' }]
				: [refused(situation, 1)],
	},
	{
		title: 'a session that is refused again stops the run',
		sampled: 'reads',
		stops: true,
		logIns: (situation) => (hasSessions(situation) ? 1 : 0),
		items: (situation) => [refused(situation, hasSessions(situation) ? 2 : 1)],
	},
];
