/**
 * The hash that shows whether a trigger still watches the same records in the same way. Pure.
 */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Parameters } from '../fields/parameters';
import type { TriggerChoices } from './fields';
import { canonical, shortHash } from './hash';
import type { PollingVendor } from './types';

const HASH_CHARACTERS = 16;
/** The fields of a credential that decide which records it gives access to. Keys may be renewed. */
const CREDENTIAL_SCOPE = ['baseUrl', 'eventId', 'clientId', 'email'];

interface Configuration<Client> {
	trigger: Pick<PollingVendor<Client>, 'scope' | 'options'>;
	parameters: Parameters;
	choices: Pick<TriggerChoices<Client>, 'streams' | 'changedFields'>;
	credentials: ICredentialDataDecryptedObject;
	/** Undefined for a credential that is not saved. */
	credentialId: string | null | undefined;
}

/**
 * Hash of everything that decides which records are watched and compared. Output options are left out:
 * changing them must not reset the trigger.
 */
export function configurationHash<Client>({
	trigger: { scope, options = [] },
	parameters,
	choices: { streams, changedFields },
	credentials,
	credentialId,
}: Configuration<Client>): string {
	const watched = streams.map(({ stream, chosen }) => [
		stream.value,
		stream.watched.map(({ name, keep }) => [name, keep]),
		chosen.some(({ rule }) => rule.kind === 'deleted'),
		// Events only filter, unless *Changed Fields* are chosen: then events add fields to compare.
		changedFields.length === 0 ? [] : chosen.map(({ value }) => value),
	]);
	const parts = [
		credentialId ?? '',
		CREDENTIAL_SCOPE.map((name) => credentials[name] ?? ''),
		watched,
		scope.map(({ name }) => parameters.rawValue(name)),
		options.map(({ name }) => parameters.rawEntry('options', name)),
		[...changedFields].sort(),
	];
	return shortHash('', canonical(parts), HASH_CHARACTERS);
}
