/**
 * The sandbox in a process of its own, so that its processor time is not a poll's. Started with `fork` and the number
 * of guests that each vendor has; sends {@link SandboxUrls} and ends with its parent.
 */
import { startSandbox } from '../../sandbox/start.mts';

/** Base URLs. */
export interface SandboxUrls {
	/** The control server: `/<vendor>/requests` lists what reached a vendor. */
	control: string;
	invitario: string;
	inEvent: string;
	eventtia: string;
}

startSandbox({ seed: { guests: Number(process.argv[2]) } }).then(
	({ control, invitario, inEvent, eventtia }) => {
		const urls: SandboxUrls = {
			control: control.url,
			invitario: invitario.url,
			inEvent: inEvent.url,
			eventtia: eventtia.url,
		};
		process.send?.(urls);
	},
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
process.on('disconnect', () => process.exit());
