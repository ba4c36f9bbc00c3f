/**
 * The sandbox in a separate process, so that its CPU time does not count for a poll. Started with `fork`, `tsx` and
 * the number of guests that each vendor has; sends {@link SandboxUrls} and ends with its parent. A message that names
 * a vendor adds a guest there and is sent back when that is done.
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

const email = 'added@example.com';

async function run(): Promise<void> {
	const sandbox = await startSandbox({ seed: { guests: Number(process.argv[2]) } });
	const { control, invitario, inEvent, eventtia } = sandbox;
	const add: Record<string, () => unknown> = {
		[invitario.name]: () => invitario.state.addGuest({ fields: { email } }),
		[inEvent.name]: () => inEvent.state.event().register({ email }),
		[eventtia.name]: () => eventtia.state.event().attendees.register({ email }),
	};
	process.on('message', (vendor) => {
		const work = add[String(vendor)];
		if (work === undefined) throw new Error(`No vendor ${String(vendor)}`);
		work();
		process.send?.(vendor);
	});
	const urls: SandboxUrls = {
		control: control.url,
		invitario: invitario.url,
		inEvent: inEvent.url,
		eventtia: eventtia.url,
	};
	process.send?.(urls);
}

process.on('disconnect', () => process.exit());
run().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
