/**
 * Opens what a poll works with: the vendor's client and the choices made in the node.
 */
import type { ICredentialDataDecryptedObject, IPollFunctions } from 'n8n-workflow';
import { openClient } from '../action/openClient';
import { Parameters } from '../fields/parameters';
import { toLimits } from '../fields/runOptions';
import { readChoices, triggerProperties, type TriggerChoices } from './fields';
import { readingTimeMs } from './pollBudget';
import type { PollingVendor } from './types';

export interface OpenPoll<Client> {
	client: Client;
	credentials: ICredentialDataDecryptedObject;
	parameters: Parameters;
	choices: TriggerChoices<Client>;
}

/**
 * Runs work with an open client, and closes it afterwards.
 *
 * @throws InputError if a parameter or the credential cannot be used
 */
export async function withOpenPoll<Client, T>(
	context: IPollFunctions,
	trigger: PollingVendor<Client>,
	work: (poll: OpenPoll<Client>) => Promise<T>,
): Promise<T> {
	const { vendor } = trigger;
	const parameters = new Parameters(
		(name) => context.getNodeParameter(name, ''),
		triggerProperties(trigger),
		context.getTimezone(),
	);
	const choices = readChoices(trigger, parameters);
	const limits = toLimits(vendor, {});
	// A wait for the rate limit must end while the poll still has time.
	const maxWaitMs = Math.min(limits.maxWaitMs, readingTimeMs(context));
	const { client, credentials } = await openClient(context, vendor, { ...limits, maxWaitMs });
	try {
		return await work({ client, credentials, parameters, choices });
	} finally {
		await vendor.close?.(client);
	}
}
