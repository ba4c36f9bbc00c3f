/**
 * The manual test of a polling trigger: recent records as items. Neither reads nor changes the state.
 */
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { eventItem } from './items';
import { withOpenPoll } from './openPoll';
import type { PollingVendor, Source, Stream } from './types';

const MAX_SAMPLES = 5;

/** @returns recent records of each stream, each with the first chosen event of its stream */
export async function sample<Client>(
	context: IPollFunctions,
	trigger: PollingVendor<Client>,
): Promise<INodeExecutionData[][] | null> {
	return await withOpenPoll(context, trigger, async ({ client, parameters, choices }) => {
		const items: INodeExecutionData[] = [];
		for (const { stream, chosen } of choices.streams) {
			const source = stream.open(client, parameters);
			const recent = await recentRecords(stream, source);
			const event = chosen[0]?.value ?? '';
			const shapes = await source.shape(recent);
			shapes.forEach((json, index) => {
				const record = recent[index];
				const id = record === undefined ? '' : stream.idOf(record);
				items.push({ json: eventItem(json, event, `${stream.value}:${id}:sample:${event}`) });
			});
		}
		return items.length === 0 ? null : [items];
	});
}

async function recentRecords<Client>(
	stream: Stream<Client>,
	source: Source<IDataObject>,
): Promise<IDataObject[]> {
	const records = await (source.sample?.() ?? source.all(undefined).then((page) => page.records));
	return records
		.filter((record) => stream.isDeleted?.(record) !== true)
		.sort((a, b) => (stream.changedAtMs?.(a) ?? 0) - (stream.changedAtMs?.(b) ?? 0))
		.slice(-MAX_SAMPLES);
}
