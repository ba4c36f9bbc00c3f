/**
 * Reads the pages of one list, from the page where the last poll stopped. Has no effects except
 * through the functions it is given.
 */
import { CallError } from '../errors';
import { MAX_REPEATS, RepeatGuard, type Page } from '../http/pages';
import { Status } from '../http/status';
import type { Scan } from './state';
import type { ReadPages } from './types';

/** The next poll continues anyway, so users need not retry. */
const ENDLESS_LIST_WORDING = {
	reason: `the same page came ${MAX_REPEATS} times`,
	advice: 'If it stays, tell the vendor.',
};

/** How far a scan came in one poll. */
export interface ScanResult {
	/** Progress to continue with; undefined if no page was read and none had been before. */
	scan: Scan | undefined;
	/**
	 * `lastPage`: the scan is complete. `budget`: the poll has no time left. `rateLimited`: the vendor
	 * accepts no further request for now. `page`: the last page was not accepted and must be read again.
	 */
	stoppedBy: 'lastPage' | 'budget' | 'rateLimited' | 'page';
}

export interface ScanOptions<R> {
	read: ReadPages<R>;
	/** The scan so far; undefined for a new one. */
	start: Scan | undefined;
	/** When a record last changed, Unix ms. */
	changedAtMs: (record: R) => number | undefined;
	/** A text that differs between different pages. */
	signatureOf: (records: readonly R[]) => string;
	/** One record in messages: "guest". */
	recordName: string;
	/** Whether a rate limit on the first page is thrown: the poll has read nothing else. */
	throwsRateLimit: boolean;
	/** No further page is read once this returns true. */
	isExhausted(): boolean;
	/**
	 * Takes the records of a page.
	 *
	 * @param scan with the times of this page
	 * @returns false to read the same page again in the next poll
	 */
	acceptPage(records: readonly R[], scan: Scan): boolean;
}

/**
 * @throws CallError if a page cannot be read, or if the list repeats the same page without end
 */
export async function scanPages<R>(options: ScanOptions<R>): Promise<ScanResult> {
	const read = restartable(options.read);
	let scan = options.start;
	const guard = new RepeatGuard(
		`The list of ${options.recordName}s`,
		ENDLESS_LIST_WORDING,
		scan?.signature,
	);
	for (let isFirst = true; ; isFirst = false) {
		const page = await readUnlessRateLimited(
			read,
			scan?.pageToken,
			isFirst && options.throwsRateLimit,
		);
		if (page === undefined) return { scan, stoppedBy: 'rateLimited' };
		const current = withTimes(scan ?? {}, page, options.changedAtMs);
		if (!options.acceptPage(page.records, current)) return { scan: current, stoppedBy: 'page' };
		const signature = options.signatureOf(page.records);
		const isRepeat = guard.checkPage(signature);
		if (page.next === undefined || (isRepeat && page.mayRepeat === true)) {
			return { scan: withoutToken(current), stoppedBy: 'lastPage' };
		}
		scan = { ...current, pageToken: page.next, signature };
		if (options.isExhausted()) return { scan, stoppedBy: 'budget' };
	}
}

/** Adds the server's time, if it is the first known one, and the newest change of a page. */
function withTimes<R>(
	scan: Scan,
	{ records, serverTimeMs }: Page<R>,
	changedAtMs: (record: R) => number | undefined,
): Scan {
	const startedMs = scan.startedMs ?? serverTimeMs;
	let newestMs = scan.newestMs;
	for (const record of records) {
		const atMs = changedAtMs(record);
		if (atMs !== undefined) newestMs = Math.max(newestMs ?? atMs, atMs);
	}
	return {
		...scan,
		...(startedMs === undefined ? {} : { startedMs }),
		...(newestMs === undefined ? {} : { newestMs }),
	};
}

function withoutToken(scan: Scan): Scan {
	const copy = { ...scan };
	delete copy.pageToken;
	return copy;
}

/** @returns undefined if the rate limit is used up, unless that is thrown */
async function readUnlessRateLimited<R>(
	read: ReadPages<R>,
	pageToken: string | undefined,
	throwsRateLimit: boolean,
): Promise<Page<R> | undefined> {
	return await read(pageToken).catch((error: unknown) => {
		if (throwsRateLimit || !isRateLimit(error)) throw error;
		return undefined;
	});
}

function isRateLimit(error: unknown): boolean {
	return error instanceof CallError && error.problem.failure?.cause === 'rate-limited';
}

/** Statuses with which vendors reject an unknown page token. None of them documents which. */
const REJECTED_TOKEN: readonly number[] = [
	Status.badRequest,
	Status.notFound,
	Status.gone,
	Status.unprocessableContent,
];

function isTokenRejected(error: unknown): boolean {
	return error instanceof CallError && REJECTED_TOKEN.includes(error.problem.status ?? 0);
}

/** Reads from the first page, once, if a token is rejected: it may be the ID of a deleted record. */
function restartable<R>(read: ReadPages<R>): ReadPages<R> {
	let hasRestarted = false;
	return async (pageToken) =>
		await read(pageToken).catch(async (error: unknown) => {
			if (pageToken === undefined || hasRestarted || !isTokenRejected(error)) throw error;
			hasRestarted = true;
			return await read(undefined);
		});
}
