// A process that a test starts for itself and asks by messages, one at a time: it ends with the test's own process.

import { fork } from 'node:child_process';
import { z } from 'zod';

const failure = z.object({ failed: z.string().optional() });

export interface OwnProcess {
	/** What it said when it was ready. */
	ready: unknown;
	/** Asks it to do something. @returns its answer. @throws Error if it ended, or could not do it */
	ask(message: Record<string, string | Record<string, string>>): Promise<unknown>;
	/** Tells it that nobody will ask again. */
	disconnect(): void;
}

/**
 * Starts one and waits until it is ready.
 * @param program path of the script: it answers every message with one of its own, or with `{ failed }`
 */
export async function startOwnProcess(
	program: string,
	programArguments: string[] = [],
): Promise<OwnProcess> {
	const child = fork(program, programArguments, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
	const heard = async (): Promise<unknown> => {
		const message = await new Promise<unknown>((resolve, reject) => {
			const ended = () => reject(new Error(`a process has ended: ${program}`));
			child.once('exit', ended);
			child.once('message', (one) => {
				child.off('exit', ended);
				resolve(one);
			});
		});
		const { failed } = failure.parse(message);
		if (failed !== undefined) throw new Error(failed);
		return message;
	};
	const ready = await heard();
	let last: Promise<unknown> = Promise.resolve();
	return {
		ready,
		async ask(message) {
			const answered = last.then(async () => {
				const said = heard();
				child.send(message);
				return await said;
			});
			last = answered.catch(() => {});
			return await answered;
		},
		disconnect() {
			child.disconnect();
		},
	};
}
