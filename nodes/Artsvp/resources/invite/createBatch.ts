/**
 * Invite: Create Many by Tag (artsvp.md, "Batch create invites"). A mistyped tag would invite guests
 * to the wrong events, so the preview is on by default.
 */
import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../shared/action/types';
import { optional, stringList, boolean } from '../../../shared/fields/validators';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import { InputError } from '../../../shared/errors';
import { isObject } from '../../../shared/values';
import type { ArtsvpClient } from '../../client';
import { detailsField, readDetails } from '../../fields';
import { isRecord, type ArtsvpRecord } from '../../records';
import { simplifyInvite } from '../../simplify';
import { assertFilterValue, CREATE_DETAILS, filterOptions, filterValidator } from './shared';

/** Our names of the totals, with the vendor's (artsvp.md, "Batch create invites"). */
const TOTALS = {
	totalEvents: 'total_events',
	totalCollections: 'total_collection',
	totalResources: 'total_resources',
	totalInvitesCreated: 'total_invites_created',
};

/** If the first response was lost, the second one does not count the invites that the first request created. */
const LOST_NOTE =
	'The answer to a first try was lost. Invites that it created are there, but may not be counted here.';

export const createBatch: Operation<ArtsvpClient> = {
	value: 'createBatch',
	name: 'Create Many by Tag',
	action: 'Create many invites by tag',
	description:
		'Create one invite for every event and collection that carries a tag. With Preview on, it only lists these and creates nothing.',
	effect: 'write',
	fields: [
		{
			displayName: 'Tags of Events and Collections',
			name: 'resourceTags',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tag' },
			default: [],
			required: true,
			description: 'Invites are created for all events and collections with matching tags',
		},
		{
			displayName: 'Preview',
			name: 'preview',
			type: 'boolean',
			default: true,
			description:
				'Whether to only list the events and collections that carry the tags, without creating anything',
		},
		simplifyField,
		detailsField('additionalFields', CREATE_DETAILS),
	],
	options: [
		{
			displayName: 'Find By',
			name: 'filter',
			type: 'options',
			options: filterOptions,
			default: 'email',
			description:
				'Create nothing where an invite with the same value exists already. Without it, running twice creates invites twice.',
		},
	],
	async run(item, client) {
		const tags = item.read('resourceTags', stringList);
		if (tags.length === 0) {
			throw new InputError('"Tags of Events and Collections" is empty', 'Add a tag.');
		}
		if (item.read('preview', boolean)) return await preview(client, tags);

		const details = readDetails(item, 'additionalFields', CREATE_DETAILS);
		const { filter } = item.readCollection('options', { filter: optional(filterValidator) });
		if (filter !== undefined) assertFilterValue(filter, details);
		const shape = readSimplify(item, simplifyInvite);
		const response = await client.request({
			method: 'POST',
			path: '/invites/batch',
			body: { resource_tags: tags, ...details, ...(filter === undefined ? {} : { filter }) },
			safety: filter === undefined ? 'nonIdempotent' : 'idempotent',
			expects: 'json',
		});
		const { body } = response;
		const invites: unknown = isObject(body) ? body.data : undefined;
		if (!isObject(body) || !Array.isArray(invites) || !invites.every(isRecord)) {
			throw client.unexpected(response, 'the invites created');
		}
		const totals = Object.entries(TOTALS).map(([name, key]) => [name, body[key] ?? null]);
		const note = response.ambiguous ? { note: LOST_NOTE } : {};
		return { ...Object.fromEntries(totals), invites: invites.map(shape), ...note };
	},
};

/**
 * The events and collections with any of the tags. Whether ARTSVP invites to those with any or only
 * to those with all of the tags is not documented, so each entry lists its matching tags.
 */
async function preview(client: ArtsvpClient, tags: readonly string[]): Promise<IDataObject[]> {
	const [events, collections] = await Promise.all([
		client.readAll('/events'),
		client.readAll('/collections'),
	]);
	return [...events, ...collections].flatMap((resource) => {
		const matching = readTags(resource).filter((tag) => tags.includes(tag));
		if (matching.length === 0) return [];
		return [
			{
				preview: true,
				id: resource.id,
				type: resource.object ?? null,
				code: resource.code ?? null,
				name: resource.name ?? null,
				matchingTags: matching,
				hasAllTags: tags.every((tag) => matching.includes(tag)),
			},
		];
	});
}

function readTags(resource: ArtsvpRecord): string[] {
	const tags: unknown = resource.resource_tags;
	return Array.isArray(tags) ? tags.map(String) : [];
}
