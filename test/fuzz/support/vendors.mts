/** The five vendors as the fuzz tests see them: contract, sandbox, and what belongs to a request. */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { ARTSVP_CONTRACT } from '../../contract/artsvp.contract.mts';
import { startArtsvpRig } from '../../contract/artsvp.rig.mts';
import { EVENT_VAULT_CONTRACT } from '../../contract/event-vault.contract.mts';
import { startEventVaultRig } from '../../contract/event-vault.rig.mts';
import { EVENTTIA_CONTRACT, startEventtiaRig } from '../../contract/eventtia.rig.mts';
import { INEVENT_CONTRACT, startInEventRig } from '../../contract/inevent.rig.mts';
import { INVITARIO_CONTRACT } from '../../contract/invitario.contract.mts';
import { startInvitarioRig } from '../../contract/invitario.rig.mts';
import type { ContractRig } from '../../contract/support/describeContract.mts';
import type { ContractTable } from '../../contract/support/table.mts';

export interface Vendor {
	table: ContractTable;
	startRig(): Promise<ContractRig>;
	/** A read that every credential allows. */
	read: { resource: string; operation: string };
}

const reads = (resource: string, operation: string) => ({ resource, operation });

export const VENDORS: readonly Vendor[] = [
	{
		table: EVENT_VAULT_CONTRACT,
		startRig: startEventVaultRig,
		read: reads('guest', 'getCount'),
	},
	{ table: INVITARIO_CONTRACT, startRig: startInvitarioRig, read: reads('event', 'get') },
	{ table: ARTSVP_CONTRACT, startRig: startArtsvpRig, read: reads('event', 'getAll') },
	{ table: INEVENT_CONTRACT, startRig: startInEventRig, read: reads('session', 'getAll') },
	{ table: EVENTTIA_CONTRACT, startRig: startEventtiaRig, read: reads('country', 'getAll') },
];

/** The only credential of a rig. */
export function credentialOf(rig: ContractRig): {
	type: string;
	data: ICredentialDataDecryptedObject;
} {
	const [[type, data] = ['', {}]] = Object.entries(rig.credentials);
	// More than any test asks for.
	return { type, data: { rateLimitRequests: 1_000_000, rateLimitSeconds: 1, ...data } };
}

export function portOf({ data }: { data: ICredentialDataDecryptedObject }): number {
	return Number(new URL(String(data.baseUrl)).port);
}
