/**
 * Waiting that ends early when the execution is stopped.
 */
import { sleep } from 'n8n-workflow';
import { CancelledError } from '../errors';

/**
 * Resolves after `ms`, or as soon as the signal is aborted. n8n's `sleep` ends its timer with the
 * signal, so that nothing is left behind; that of n8n 1 does not know signals (n8n-workflow
 * `utils.js`), and its timer runs on while nobody waits for it any more.
 *
 * @param ms how long
 * @param signal what ends it early
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
 * @param ms how long
 * @param signal the execution's cancel signal, where there is one
 * @throws CancelledError as soon as the execution is stopped
 */
export async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
	if (signal === undefined) return await sleep(ms);
	await sleepUntil(ms, signal);
	if (signal.aborted) throw new CancelledError();
}
