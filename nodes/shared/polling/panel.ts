/**
 * What a polling trigger's panel says beside its fields. n8n's own words speak of "a single mock event", and these
 * triggers show several real records. Pure.
 */
import type { INodeTypeDescription } from 'n8n-workflow';

type TriggerPanel = Exclude<INodeTypeDescription['triggerPanel'], boolean | undefined>;

const TRY_IT =
	'<b>While building your workflow</b>, fetch a test event: up to five recent records come out, and nothing is remembered of it.';

/** Where n8n shows what a published workflow did (n8n `TriggerPanel.vue`). */
const SEEN_WHERE =
	'You see these executions in the <a data-key="executions">executions list</a>, not in the editor.';

/** @param platform its name, as people know it */
export function pollingPanel(platform: string): TriggerPanel {
	const asked = `At your poll times n8n asks ${platform} what has changed, and executes the workflow if there is something. ${SEEN_WHERE}`;
	return {
		executionsHelp: {
			inactive: `${TRY_IT}<br /><br /><b>Once you are happy with it</b>, publish it. ${asked}`,
			active: `${TRY_IT}<br /><br /><b>The workflow is published.</b> ${asked}`,
		},
	};
}
