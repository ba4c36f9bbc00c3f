/** The parts of a run's result that tests check. */
import { expect } from '@jest/globals';
import { inspect } from 'node:util';
import type { IDataObject } from 'n8n-workflow';

import type { RecordedRequest } from '../../sandbox/start.mts';
import type { NodeRunResult, RunError } from '../support/engine.mts';

/** The JSON data of the output items. */
export function data(result: NodeRunResult): IDataObject[] {
	return result.items.map(({ json }) => json);
}

/** The JSON data of the only item of a run that must have succeeded. */
export function only(result: NodeRunResult): IDataObject {
	expect(result.error).toBeUndefined();
	expect(result.items).toHaveLength(1);
	return result.items[0]?.json ?? {};
}

/** The error of a run that must have failed. */
export function errorOf(result: NodeRunResult): RunError {
	if (result.error === undefined) throw new Error('The run did not fail');
	return result.error;
}

/** The bearer token of a request. */
export function bearer(request: RecordedRequest | undefined): string {
	return String(request?.headers.authorization).replace(/^Bearer /, '');
}

/** Everything that n8n would store or show of a run, hidden properties included, as text. */
export function storedText(result: NodeRunResult): string {
	const stored = [result.rawRunData, result.items, result.error, result.hints];
	return inspect(stored, {
		depth: null,
		showHidden: true,
		maxStringLength: null,
		maxArrayLength: null,
	});
}

/** Fails if a value is anywhere in what n8n would store of the run. */
export function expectNotStored(result: NodeRunResult, secret: string): void {
	const text = storedText(result);
	expect(text).toContain('resultData');
	expect(text.includes(secret)).toBe(false);
}
