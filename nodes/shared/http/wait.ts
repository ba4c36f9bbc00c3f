/**
 * Waits that end early when the execution is stopped.
 */
import { sleep } from 'n8n-workflow';
import { CancelledError } from '../errors';

/**
 * Resolves after `ms`, or as soon as the signal is aborted. n8n's `sleep` clears its timer when the signal
 * is aborted. The one of n8n 1 knows no signals (n8n-workflow `utils.js`): its timer keeps running, but
 * nobody waits for it.
 */
export async function sleepUntil(ms: number, signal: AbortSignal): Promise<void> {
	if (signal.aborted) return;
	await new Promise<void>((resolve) => {
		const end = () => {
			signal.removeEventListener('abort', end);
			resolve();
		};
		signal.addEventListener('abort', end);
		sleep(ms, signal).then(end, end);
	});
}

/**
 * @param signal the execution's cancel signal, where there is one
 * @throws CancelledError as soon as the execution is stopped
 */
export async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
	if (signal === undefined) return await sleep(ms);
	await sleepUntil(ms, signal);
	if (signal.aborted) throw new CancelledError();
}
