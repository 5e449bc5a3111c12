/** Where what is planted can be seen, over all the time there is: by what was asked, since touchpoints are the workspace's own. Each question in the words of the page: `demo.find.<key>`. */
export const FINDS = [
  {
    key: 'late',
    to: '/measure/metrics/rating',
    search: { period: 'all', filter: 'order.region:Islands', by: 'order.late' },
  },
  { key: 'carrier', to: '/measure/metrics/late_rate', search: { period: 'all', filter: 'order.region:Islands' } },
  { key: 'checkout', to: '/measure/metrics/ces', search: { period: 'all', filter: 'channel:web' } },
  {
    key: 'returns',
    to: '/measure/metrics/csat_mean',
    search: { period: 'all', filter: 'feedback.survey_id:after_return', by: 'channel' },
  },
  {
    key: 'store',
    to: '/measure/metrics/csat_mean',
    search: { period: 'all', filter: 'feedback.survey_id:after_visit', by: 'feedback.location_id' },
  },
  { key: 'help', to: '/measure/metrics/csat_mean', search: { period: 'all', filter: 'feedback.survey_id:after_help' } },
  { key: 'card', to: '/measure/metrics/rating', search: { period: 'all', by: 'order.thank_you_card' } },
] as const;
