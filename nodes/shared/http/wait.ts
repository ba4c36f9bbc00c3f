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
	if (signal.aborted) throw new CancelledError();
	await new Promise<void>((resolve, reject) => {
		const stop = () => reject(new CancelledError());
		signal.addEventListener('abort', stop, { once: true });
		void sleep(ms).then(() => {
			signal.removeEventListener('abort', stop);
			resolve();
		});
	});
}
