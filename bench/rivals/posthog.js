import { posthog } from 'posthog-js';
import 'posthog-js/dist/surveys.js';

posthog.init('key', { api_host: 'https://posthog.example' });
