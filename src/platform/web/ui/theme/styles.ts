import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/vazirmatn/wght.css';
import './mantine.css';
import './tokens.css';
import './base.css';
import './print.css';
