import { Model } from 'survey-core';
import { renderSurvey } from 'survey-js-ui';
import 'survey-core/survey-core.min.css';

renderSurvey(new Model(globalThis.survey), document.querySelector('main'));
