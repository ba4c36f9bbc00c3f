// A process that a test starts for itself and controls with messages, one at a time; it ends with the test's own
// process.

import { fork } from 'node:child_process';
import { z } from 'zod';

const failure = z.object({ failed: z.string().optional() });

export interface OwnProcess {
	/** Its first message, when it was ready. */
	ready: unknown;
	/** Sends a command. @returns the response. @throws Error if it ended, or could not do it */
	ask(message: Record<string, string | Record<string, string>>): Promise<unknown>;
	/** Ends the channel, so that it ends too. */
	disconnect(): void;
}

/**
 * Starts a process and waits until it is ready.
 * @param program path of the script: it responds to every message with one of its own, or with `{ failed }`
 */
export async function startOwnProcess(
	program: string,
	programArguments: string[] = [],
): Promise<OwnProcess> {
	const child = fork(program, programArguments, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
	const nextMessage = async (): Promise<unknown> => {
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
	const ready = await nextMessage();
	let last: Promise<unknown> = Promise.resolve();
	return {
		ready,
		async ask(message) {
			const answered = last.then(async () => {
				const reply = nextMessage();
				child.send(message);
				return await reply;
			});
			last = answered.catch(() => {});
			return await answered;
		},
		disconnect() {
			child.disconnect();
		},
	};
}
