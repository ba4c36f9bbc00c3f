// n8n's editor as a person uses it (test ids of n8n 2.41.1).

import type { Locator, Page } from 'playwright-core';
import { CredentialForm } from './credentialForm.mts';
import { NodeCreator } from './nodeCreator.mts';
import { NodePanel } from './nodePanel.mts';

/** The editor in one page of the browser. */
export class Editor {
	readonly creator: NodeCreator;

	readonly panel: NodePanel;

	readonly credential: CredentialForm;

	/** @param page logged in, @param url of n8n */
	constructor(
		readonly page: Page,
		private readonly url: string,
	) {
		this.creator = new NodeCreator(page);
		this.panel = new NodePanel(page);
		this.credential = new CredentialForm(page);
	}

	/** Begins an empty workflow. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.getByTestId('canvas-plus-button').waitFor();
	}

	/** Opens a saved workflow. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** The node on the canvas with this name. */
	node(name: string): Locator {
		return this.page
			.getByTestId('canvas-node')
			.filter({ has: this.page.getByText(name, { exact: true }) });
	}
}
