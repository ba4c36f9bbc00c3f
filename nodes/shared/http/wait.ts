/**
 * Waiting that ends early when the execution is stopped.
 */
import { sleep } from 'n8n-workflow';
import { CancelledError } from './errors';

/**
 * @param ms how long
 * @param signal the execution's cancel signal, where there is one
 * @throws CancelledError as soon as the execution is stopped
 */
export async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
	if (signal === undefined) return await sleep(ms);
	// It ends its timer with the signal, so that a stopped execution leaves nothing behind.
	await sleep(ms, signal).catch(() => undefined);
	if (signal.aborted) throw new CancelledError();
}
